# refused by: lists
aws iam put-user-policy --user-name Bea --policy-name Nothing --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]
}'
submit
