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

locals {
  account = data.aws_caller_identity.me.account_id
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["ec2", "lambda"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
  }
}

data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.shop.arn]
  }
}

data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["s3:*", "dynamodb:*", "kms:*", "logs:*"]
    resources = ["*"]
  }
}

# IAM: 19

resource "aws_iam_user" "ann" {
  name = "ann"
  path = "/staff/"
  tags = { team = "shop" }
}

resource "aws_iam_user" "ben" {
  name                 = "ben"
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_group" "devs" {
  name = "devs"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_membership" "devs" {
  name  = "devs"
  group = aws_iam_group.devs.name
  users = [aws_iam_user.ann.name]
}

resource "aws_iam_user_group_membership" "ben" {
  user   = aws_iam_user.ben.name
  groups = [aws_iam_group.ops.name]
}

resource "aws_iam_policy" "read" {
  name   = "read-files"
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_policy" "write" {
  name   = "write-orders"
  policy = data.aws_iam_policy_document.write.json
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  path   = "/limits/"
  policy = data.aws_iam_policy_document.boundary.json
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2"].json
}

resource "aws_iam_role" "worker" {
  name                 = "worker"
  assume_role_policy   = data.aws_iam_policy_document.trust["lambda"].json
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.write.arn
}

resource "aws_iam_group_policy_attachment" "devs" {
  group      = aws_iam_group.devs.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user_policy_attachment" "ben" {
  user       = aws_iam_user.ben.name
  policy_arn = aws_iam_policy.write.arn
}

resource "aws_iam_role_policy" "worker" {
  name = "log"
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.worker.arn}:*"
    }]
  })
}

resource "aws_iam_group_policy" "ops" {
  name  = "pass-app"
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.app.arn }]
  })
}

resource "aws_iam_user_policy" "ann" {
  name = "own-user"
  user = aws_iam_user.ann.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:GetUser", Resource = aws_iam_user.ann.arn }]
  })
}

# S3: 9

resource "aws_s3_bucket" "files" {
  bucket = "fifty-files-${local.account}"
  tags   = { team = "shop" }
}

resource "aws_s3_bucket" "code" {
  bucket = "fifty-code-${local.account}"
}

resource "aws_s3_bucket_versioning" "code" {
  bucket = aws_s3_bucket.code.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.shop.arn
    }
  }
}

resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.app.arn }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.files.arn}/*"
    }]
  })
}

resource "aws_s3_object" "list" {
  bucket     = aws_s3_bucket.files.id
  key        = "list.txt"
  content    = "apples, pears"
  depends_on = [aws_s3_bucket_server_side_encryption_configuration.files]
}

resource "aws_s3_object" "page" {
  bucket       = aws_s3_bucket.files.id
  key          = "index.html"
  content      = "<h1>Shop</h1>"
  content_type = "text/html"
  depends_on   = [aws_s3_bucket_server_side_encryption_configuration.files]
}

# A zip file of one line: exports.handler = async () => "done";
resource "aws_s3_object" "code" {
  bucket         = aws_s3_bucket.code.id
  key            = "worker.zip"
  content_base64 = "UEsDBBQAAAAIAAAAIgCJkKaaKAAAACYAAAAIAAAAaW5kZXguanNLrSjILyop1stIzEvJSS1SsFVILK7MS1bQ0FSwtVNQSsnPS1Wy5gIAUEsBAhQAFAAAAAgAAAAiAImQppooAAAAJgAAAAgAAAAAAAAAAAAAAAAAAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAE4AAAAAAA=="
  depends_on     = [aws_s3_bucket_versioning.code]
}

# KMS: 2

resource "aws_kms_key" "shop" {
  description             = "shop"
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "shop" {
  name          = "alias/shop"
  target_key_id = aws_kms_key.shop.key_id
}

# Systems Manager: 4

resource "aws_ssm_parameter" "size" {
  name            = "/shop/size"
  type            = "String"
  value           = "large"
  allowed_pattern = "^(small|large)$"
}

resource "aws_ssm_parameter" "regions" {
  name  = "/shop/regions"
  type  = "StringList"
  value = "us-east-1,eu-west-1"
}

resource "aws_ssm_parameter" "word" {
  name   = "/shop/word"
  type   = "SecureString"
  value  = "hush"
  key_id = aws_kms_alias.shop.name
}

resource "aws_ssm_parameter" "table" {
  name  = "/shop/table"
  type  = "String"
  value = aws_dynamodb_table.orders.name
}

# Secrets Manager: 4

resource "aws_secretsmanager_secret" "database" {
  name                    = "shop/database"
  kms_key_id              = aws_kms_key.shop.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ user = "shop", password = "hush" })
}

resource "aws_secretsmanager_secret" "token" {
  name                    = "shop/token"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "token"
}

# SNS and SQS: 4. The provider asks for a new queue's attributes for some 25 seconds, also when the first answer is right.

resource "aws_sns_topic" "orders" {
  name         = "orders"
  display_name = "Orders"
}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.orders.arn
    }]
  })
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn            = aws_sns_topic.orders.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders.arn
  raw_message_delivery = true
}

# DynamoDB: 2

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key
  item       = jsonencode({ id = { S = "1" }, of = { S = "ann" } })
}

# CloudWatch Logs: 2

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/aws/lambda/worker"
  retention_in_days = 14
}

resource "aws_cloudwatch_log_stream" "first" {
  name           = "first"
  log_group_name = aws_cloudwatch_log_group.worker.name
}

# Lambda: 2

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.worker.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = aws_s3_object.code.bucket
  s3_key        = aws_s3_object.code.key
}

resource "aws_lambda_permission" "hourly" {
  statement_id  = "hourly"
  function_name = aws_lambda_function.worker.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}

# EventBridge: 2

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "worker" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.worker.arn
}
