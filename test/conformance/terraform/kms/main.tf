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

data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
}

resource "aws_kms_key" "pay" {
  description             = "pay"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.key.json
  tags                    = { team = "pay" }
}

resource "aws_kms_key" "plain" {
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "pay" {
  name          = "alias/pay"
  target_key_id = aws_kms_key.pay.key_id
}

resource "aws_kms_key_policy" "plain" {
  key_id = aws_kms_key.plain.id
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_kms_grant" "reader" {
  name              = "reader"
  key_id            = aws_kms_key.pay.key_id
  grantee_principal = aws_iam_role.reader.arn
  operations        = ["Decrypt", "DescribeKey"]

  constraints {
    encryption_context_subset = { team = "pay" }
  }
}

resource "aws_kms_ciphertext" "word" {
  key_id    = aws_kms_key.pay.key_id
  plaintext = "attack at dawn"
  context   = { team = "pay" }
}

resource "aws_ssm_parameter" "word" {
  name   = "/pay/word"
  type   = "SecureString"
  value  = "attack at dawn"
  key_id = aws_kms_alias.pay.name
}

data "aws_kms_alias" "managed" {
  name = "alias/aws/s3"
}
