# refused by: no-sibling
aws iam put-user-policy --user-name Bea --policy-name ListCatalogue --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::seed-catalogue-*"}]
}'
submit
