terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false
  skip_credentials_validation = false
}

resource "aws_kms_key" "app" {
  deletion_window_in_days = 7
}

resource "aws_ssm_parameter" "plain" {
  name            = "/app/size"
  type            = "String"
  value           = "large"
  description     = "how large"
  allowed_pattern = "^(small|large)$"
  tier            = "Standard"
  tags            = { team = "app" }
}

resource "aws_ssm_parameter" "list" {
  name  = "/app/names"
  type  = "StringList"
  value = "a,b"
  tier  = "Advanced"
}

resource "aws_ssm_parameter" "secret" {
  name   = "/app/secret"
  type   = "SecureString"
  value  = "hunter2"
  key_id = aws_kms_key.app.arn
}

data "aws_ssm_parameter" "secret" {
  name            = aws_ssm_parameter.secret.name
  with_decryption = true
}

resource "aws_ssm_document" "command" {
  name            = "Greet"
  document_type   = "Command"
  target_type     = "/AWS::EC2::Instance"
  version_name    = "first"
  tags            = { team = "app" }
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Greets"
    parameters    = { Who = { type = "String", default = "you" } }
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "greet"
      inputs = { runCommand = ["echo {{ Who }}"] }
    }]
  })
}

resource "aws_ssm_document" "older" {
  name          = "Older"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "1.2"
    description   = "Checks ip"
    parameters    = {}
    runtimeConfig = {
      "aws:runShellScript" = { properties = [{ id = "0.aws:runShellScript", runCommand = ["ifconfig"] }] }
    }
  })
}

resource "aws_ssm_document" "runbook" {
  name            = "Rest"
  document_type   = "Automation"
  document_format = "YAML"
  content         = <<-YAML
    schemaVersion: "0.3"
    mainSteps:
      - name: rest
        action: aws:sleep
        inputs:
          Duration: PT1M
  YAML
  permissions = {
    type        = "Share"
    account_ids = "444455556666"
  }
}

resource "aws_ssm_document" "session" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences"
    sessionType   = "Standard_Stream"
    inputs        = { idleSessionTimeout = "10", runAsEnabled = true, runAsDefaultUser = "ec2-user" }
  })
}

data "aws_ssm_document" "own" {
  name            = "AWS-RunShellScript"
  document_format = "JSON"
}
