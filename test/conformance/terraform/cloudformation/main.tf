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

variable "delay" {
  default = 5
}

resource "aws_iam_role" "deployer" {
  name = "deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "cloudformation.amazonaws.com" } }]
  })
  inline_policy {
    name = "deploy"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["sqs:*", "iam:*"], Resource = "*" }]
    })
  }
}

resource "aws_cloudformation_stack" "shop" {
  name          = "shop"
  iam_role_arn  = aws_iam_role.deployer.arn
  capabilities  = ["CAPABILITY_NAMED_IAM"]
  parameters    = { Delay = var.delay }
  policy_body   = jsonencode({ Statement = [{ Effect = "Allow", Action = "Update:*", Principal = "*", Resource = "*" }] })
  tags          = { team = "web" }
  template_body = <<-EOT
    Parameters: { Delay: { Type: Number } }
    Resources:
      Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } }
      Bea: { Type: AWS::IAM::User, Properties: { UserName: bea } }
    Outputs:
      Queue: { Value: !GetAtt Jobs.Arn }
  EOT
}

output "queue" {
  value = aws_cloudformation_stack.shop.outputs["Queue"]
}
