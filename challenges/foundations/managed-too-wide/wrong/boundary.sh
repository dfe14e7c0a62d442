# refused by: no-managed
arn=$(aws iam create-policy --policy-name ShipLogs --query Policy.Arn --output text --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${Logs}/${Shop}/*"}]
}')
aws iam put-role-permissions-boundary --role-name LogShipper --permissions-boundary $arn
submit
