# refused by: append-only
# Far too much: every action, if only on its own folder.
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam put-role-policy --role-name LogShipper --policy-name ShipLogs --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${Logs}/${Shop}/*"}]
}'
submit
