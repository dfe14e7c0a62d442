# Stage 1
aws iam attach-user-policy --user-name Milo --policy-arn arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess
answer bank-token $(aws ssm get-parameters --names /finance/bank-token --query 'Parameters[0].Value' --output text)
submit

# Stage 2: every action by its name, in the place of the old policy.
aws iam put-group-policy --group-name Developers --policy-name OwnUser --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": [
      "iam:GetUser", "iam:ListGroupsForUser", "iam:ListUserPolicies", "iam:GetUserPolicy", "iam:ListAttachedUserPolicies",
      "iam:CreateAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey", "iam:DeleteAccessKey", "iam:GetAccessKeyLastUsed"
    ],
    "Resource": "arn:aws:iam::${AWS::AccountId}:user/${aws:username}"
  }]
}'
aws iam detach-group-policy --group-name Developers --policy-arn arn:aws:iam::${AWS::AccountId}:policy/SelfService
submit
