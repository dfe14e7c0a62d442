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

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_lambda_function" "shop" {
  function_name    = "shop"
  role             = aws_iam_role.worker.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "${path.module}/shop.zip"
  source_code_hash = filebase64sha256("${path.module}/shop.zip")
  layers           = [aws_lambda_layer_version.tools.arn]
  timeout          = 5
  publish          = true

  environment {
    variables = { STAGE = "test" }
  }

  tags = { team = "shop" }
}

resource "aws_lambda_layer_version" "tools" {
  layer_name          = "tools"
  filename            = "${path.module}/shop.zip"
  compatible_runtimes = ["nodejs22.x"]
}

resource "aws_lambda_layer_version_permission" "tools" {
  layer_name     = aws_lambda_layer_version.tools.layer_name
  version_number = aws_lambda_layer_version.tools.version
  statement_id   = "own"
  action         = "lambda:GetLayerVersion"
  principal      = data.aws_caller_identity.me.account_id
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.shop.function_name
  function_version = aws_lambda_function.shop.version
}

resource "aws_lambda_permission" "bucket" {
  statement_id  = "bucket"
  function_name = aws_lambda_function.shop.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::shop"
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.shop.function_name
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["https://shop.example.com"]
    allow_methods = ["GET"]
  }
}

resource "aws_lambda_function_event_invoke_config" "shop" {
  function_name          = aws_lambda_function.shop.function_name
  maximum_retry_attempts = 1
}

resource "aws_lambda_event_source_mapping" "jobs" {
  function_name    = aws_lambda_function.shop.arn
  event_source_arn = "arn:aws:sqs:us-east-1:${data.aws_caller_identity.me.account_id}:jobs"
}
