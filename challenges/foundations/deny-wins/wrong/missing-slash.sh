# refused by: reads-calendar
aws iam create-policy-version --policy-arn arn:aws:iam::${AWS::AccountId}:policy/ProtectPayroll --set-as-default --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::${Bucket}/payroll*"}]
}'
submit
