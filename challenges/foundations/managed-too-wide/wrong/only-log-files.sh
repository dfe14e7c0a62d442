# refused by: ships
# Any file below the folder is a log, whatever its name ends with.
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam put-role-policy --role-name LogShipper --policy-name ShipLogs --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${Logs}/${Shop}/*.log"}]
}'
submit
