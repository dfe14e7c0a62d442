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

resource "aws_dynamodb_table" "notes" {
  name         = "notes"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "owner"
  range_key    = "at"

  attribute {
    name = "owner"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  attribute {
    name = "topic"
    type = "S"
  }

  global_secondary_index {
    name            = "by-topic"
    hash_key        = "topic"
    projection_type = "KEYS_ONLY"
  }
  local_secondary_index {
    name               = "own-topics"
    range_key          = "topic"
    projection_type    = "INCLUDE"
    non_key_attributes = ["text"]
  }

  ttl {
    enabled        = true
    attribute_name = "ends"
  }
  point_in_time_recovery {
    enabled = true
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  tags             = { team = "web" }
}

resource "aws_dynamodb_table" "counts" {
  name           = "counts"
  read_capacity  = 2
  write_capacity = 1
  hash_key       = "id"

  attribute {
    name = "id"
    type = "B"
  }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.notes.name
  hash_key   = aws_dynamodb_table.notes.hash_key
  range_key  = aws_dynamodb_table.notes.range_key
  item = jsonencode({
    owner = { S = "ann" }
    at    = { N = "1" }
    words = { SS = ["a", "b"] }
  })
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.notes.arn]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
}

resource "aws_dynamodb_resource_policy" "notes" {
  resource_arn = aws_dynamodb_table.notes.arn
  policy       = data.aws_iam_policy_document.read.json
}
