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

resource "aws_iam_user" "bea" {
  name          = "bea"
  path          = "/staff/"
  force_destroy = true
}

resource "aws_iam_user_policy" "reading" {
  name = "reading"
  user = aws_iam_user.bea.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop/*" }]
  })
}

resource "aws_iam_service_specific_credential" "git" {
  service_name = "codecommit.amazonaws.com"
  user_name    = aws_iam_user.bea.name
}

resource "aws_iam_access_key" "bea" {
  user = aws_iam_user.bea.name
}

resource "aws_iam_user_login_profile" "bea" {
  user                    = aws_iam_user.bea.name
  password_reset_required = true
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "phone"
}

resource "aws_iam_account_alias" "shop" {
  account_alias = "shop-${data.aws_caller_identity.me.account_id}"
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  require_uppercase_characters   = true
  allow_users_to_change_password = true
}

resource "aws_iam_saml_provider" "adfs" {
  name                   = "ADFS"
  saml_metadata_document = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example.com\"><IDPSSODescriptor/><!--${join("", [for i in range(200) : "padding"])}--></EntityDescriptor>"
  tags                   = { team = "identity" }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.ci.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/main"
        }
      }
    }]
  })
}

resource "aws_iam_role_policies_exclusive" "deploy" {
  role_name    = aws_iam_role.deploy.name
  policy_names = []
}

data "aws_iam_principal_policy_simulation" "bea" {
  action_names      = ["s3:GetObject"]
  policy_source_arn = aws_iam_user.bea.arn
  resource_arns     = ["arn:aws:s3:::shop/list"]
  depends_on        = [aws_iam_user_policy.reading]
  lifecycle {
    postcondition {
      condition     = self.all_allowed
      error_message = "The user may read what it is there for."
    }
  }
}
