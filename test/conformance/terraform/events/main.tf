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

resource "aws_sqs_queue" "alarm" {
  name = "alarm"
}

resource "aws_cloudwatch_event_bus" "shop" {
  name        = "shop"
  description = "Orders"
  tags        = { team = "web" }
}

resource "aws_cloudwatch_event_permission" "partner" {
  principal      = "444455556666"
  statement_id   = "partner"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
}

data "aws_iam_policy_document" "bus" {
  statement {
    sid       = "own"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.archive.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_cloudwatch_event_bus" "archive" {
  name = "archive"
}

resource "aws_cloudwatch_event_bus_policy" "archive" {
  event_bus_name = aws_cloudwatch_event_bus.archive.name
  policy         = data.aws_iam_policy_document.bus.json
}

resource "aws_cloudwatch_event_rule" "calls" {
  name          = "calls"
  description   = "What the canary does"
  state         = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
  event_pattern = jsonencode({ detail = { userIdentity = { userName = ["canary"] } } })
  tags          = { team = "web" }
}

resource "aws_cloudwatch_event_target" "queue" {
  rule      = aws_cloudwatch_event_rule.calls.name
  target_id = "queue"
  arn       = aws_sqs_queue.alarm.arn

  input_transformer {
    input_paths    = { name = "$.detail.eventName" }
    input_template = jsonencode({ called = "<name>" })
  }

  dead_letter_config {
    arn = aws_sqs_queue.alarm.arn
  }
}

resource "aws_cloudwatch_event_rule" "orders" {
  name           = "orders"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = [{ prefix = "shop." }] })
}

resource "aws_cloudwatch_event_target" "archive" {
  rule           = aws_cloudwatch_event_rule.orders.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = aws_cloudwatch_event_bus.archive.arn
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}
