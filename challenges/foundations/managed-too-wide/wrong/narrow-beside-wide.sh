# refused by: invoices
# The usual mistake: a narrow policy beside the wide one takes nothing away.
aws iam put-role-policy --role-name LogShipper --policy-name ShipLogs --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${Logs}/${Shop}/*"}]
}'
submit
