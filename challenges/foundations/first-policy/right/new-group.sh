aws iam create-group --group-name Clerks
aws iam put-group-policy --group-name Clerks --policy-name ListCatalogue --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${Bucket}"}]
}'
aws iam add-user-to-group --group-name Clerks --user-name Bea
submit
