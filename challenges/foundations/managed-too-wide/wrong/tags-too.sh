# refused by: least
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam put-role-policy --role-name LogShipper --policy-name ShipLogs --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject", "s3:PutObjectTagging"], "Resource": "arn:aws:s3:::${Logs}/${Shop}/*"}]
}'
submit
