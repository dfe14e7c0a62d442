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

resource "aws_organizations_organization" "main" {
  aws_service_access_principals = ["iam.amazonaws.com"]
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
  feature_set                   = "ALL"
}

resource "aws_organizations_organizational_unit" "labs" {
  name      = "Labs"
  parent_id = aws_organizations_organization.main.roots[0].id
  tags      = { team = "a" }
}

resource "aws_organizations_organizational_unit" "inner" {
  name      = "Inner"
  parent_id = aws_organizations_organizational_unit.labs.id
}

resource "aws_organizations_policy" "no_iam" {
  name        = "NoIam"
  description = "Members make no users"
  tags        = { team = "a" }
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "iam:CreateUser", Resource = "*" }]
  })
  depends_on = [aws_organizations_organization.main]
}

resource "aws_organizations_policy" "encrypted" {
  name = "Encrypted"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
  depends_on = [aws_organizations_organization.main]
}

resource "aws_organizations_policy_attachment" "no_iam" {
  policy_id = aws_organizations_policy.no_iam.id
  target_id = aws_organizations_organizational_unit.labs.id
}

resource "aws_organizations_policy_attachment" "encrypted" {
  policy_id = aws_organizations_policy.encrypted.id
  target_id = aws_organizations_organization.main.roots[0].id
}

resource "aws_organizations_resource_policy" "delegation" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_organizations_organization.main.master_account_id }
      Action    = ["organizations:ListAccounts", "organizations:DescribePolicy"]
      Resource  = "*"
    }]
  })
}
