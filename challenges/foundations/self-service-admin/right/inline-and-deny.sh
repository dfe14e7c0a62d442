# Stage 1: by an inline policy that grants no more than it takes.
aws iam put-user-policy --user-name Milo --policy-name Errand --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "*"}]
}'
answer bank-token "$(aws ssm get-parameter --name /finance/bank-token --query Parameter.Value --output text)"
submit

# Stage 2: the grant stays, a Deny on whatever writes takes the hole out of it.
aws iam put-group-policy --group-name Developers --policy-name NoGrants --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Deny",
    "Action": ["iam:PutUserPolicy", "iam:AttachUserPolicy", "iam:DetachUserPolicy", "iam:DeleteUserPolicy"],
    "Resource": "*"
  }]
}'
submit
