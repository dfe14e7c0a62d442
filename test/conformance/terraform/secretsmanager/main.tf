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

data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
  }
}

resource "aws_kms_key" "pay" {
  deletion_window_in_days = 7
}

resource "aws_secretsmanager_secret" "db" {
  name                    = "app/db"
  description             = "the database"
  kms_key_id              = aws_kms_key.pay.arn
  recovery_window_in_days = 0
  tags                    = { team = "pay" }
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ user = "app", password = "hunter2" })
}

resource "aws_secretsmanager_secret_policy" "db" {
  secret_arn          = aws_secretsmanager_secret.db.arn
  policy              = data.aws_iam_policy_document.read.json
  block_public_policy = true
}

resource "aws_secretsmanager_secret" "plain" {
  name                    = "app/plain"
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "plain" {
  secret_id      = aws_secretsmanager_secret.plain.id
  secret_binary  = base64encode("bytes")
  version_stages = ["AWSCURRENT", "mine"]
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id  = aws_secretsmanager_secret.db.id
  depends_on = [aws_secretsmanager_secret_version.db]
}

data "aws_secretsmanager_random_password" "word" {
  password_length = 20
}
