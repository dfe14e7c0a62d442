terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = false
  skip_credentials_validation = false
}

data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
  }
}

resource "aws_iam_user" "bea" {
  name          = "bea"
  path          = "/staff/"
  force_destroy = true
  tags          = { team = "catalogue" }
}

resource "aws_iam_access_key" "bea" {
  user = aws_iam_user.bea.name
}

resource "aws_iam_group" "clerks" {
  name = "clerks"
}

resource "aws_iam_group_membership" "clerks" {
  name  = "clerks"
  group = aws_iam_group.clerks.name
  users = [aws_iam_user.bea.name]
}

resource "aws_iam_policy" "read" {
  name   = "read-files"
  policy = data.aws_iam_policy_document.read.json
  tags   = { purpose = "reading" }
}

resource "aws_iam_group_policy_attachment" "clerks" {
  group      = aws_iam_group.clerks.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user_policy" "bea" {
  name = "own-key"
  user = aws_iam_user.bea.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:GetUser", Resource = "*" }]
  })
}

resource "aws_iam_role" "reader" {
  name                 = "reader"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.read.arn
  max_session_duration = 7200
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.reader.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_iam_role_policy" "reader" {
  name   = "inline"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_instance_profile" "reader" {
  name = "reader"
  role = aws_iam_role.reader.name
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length   = 14
  password_reuse_prevention = 24
}

resource "aws_s3_bucket" "files" {
  bucket = "terraform-files-${data.aws_caller_identity.me.account_id}"
  tags   = { team = "catalogue" }
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.reader.arn }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.files.arn}/*"
    }]
  })
}

resource "aws_s3_object" "hello" {
  bucket  = aws_s3_bucket.files.id
  key     = "hello.txt"
  content = "hello, world"
}

resource "aws_ssm_parameter" "greeting" {
  name  = "/terraform/greeting"
  type  = "String"
  value = "hello"
  tags  = { team = "catalogue" }
}

resource "aws_ssm_parameter" "secret" {
  name  = "/terraform/secret"
  type  = "SecureString"
  value = "hush"
}
