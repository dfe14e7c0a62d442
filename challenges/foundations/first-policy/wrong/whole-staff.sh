# refused by: tomas
aws iam put-group-policy --group-name Staff --policy-name ListCatalogue --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${Bucket}"}]
}'
submit
