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

resource "aws_accessanalyzer_analyzer" "zone" {
  analyzer_name = "zone"
  type          = "ACCOUNT"
  tags          = { team = "blue" }
}

resource "aws_accessanalyzer_archive_rule" "vendor" {
  analyzer_name = aws_accessanalyzer_analyzer.zone.analyzer_name
  rule_name     = "vendor"

  filter {
    criteria = "principal.AWS"
    eq       = ["444455556666"]
  }
  filter {
    criteria = "isPublic"
    eq       = ["false"]
  }
}

resource "aws_accessanalyzer_analyzer" "idle" {
  analyzer_name = "idle"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = 45
      analysis_rule {
        exclusion {
          resource_tags = [{ season = "winter" }]
        }
      }
    }
  }
}
