# refused by: ships
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam put-role-policy --role-name LogShipper --policy-name Nothing --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]
}'
submit
