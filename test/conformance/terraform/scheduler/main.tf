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

data "aws_iam_policy_document" "timer" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "timer" {
  name               = "timer"
  assume_role_policy = data.aws_iam_policy_document.timer.json
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_scheduler_schedule_group" "night" {
  name = "night"
  tags = { team = "ops" }
}

resource "aws_scheduler_schedule" "jobs" {
  name                         = "jobs"
  group_name                   = aws_scheduler_schedule_group.night.name
  description                  = "Each working day"
  schedule_expression          = "cron(0 8 ? * MON-FRI *)"
  schedule_expression_timezone = "Europe/Berlin"
  start_date                   = "2040-01-01T00:00:00Z"

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.timer.arn
    input    = jsonencode({ job = 1 })

    retry_policy {
      maximum_event_age_in_seconds = 300
      maximum_retry_attempts       = 2
    }

    dead_letter_config {
      arn = aws_sqs_queue.jobs.arn
    }
  }
}

resource "aws_scheduler_schedule" "users" {
  name                = "users"
  schedule_expression = "rate(1 days)"
  state               = "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:scheduler:::aws-sdk:iam:createUser"
    role_arn = aws_iam_role.timer.arn
    input    = jsonencode({ UserName = "made" })
  }
}
