# refused by: no-names
aws iam put-user-policy --user-name Bea --policy-name ListCatalogue --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}]
}'
submit
