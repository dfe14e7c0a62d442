cat > bea.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${Bucket}"}
  ]
}
JSON
aws iam put-user-policy --user-name Bea --policy-name ListCatalogue --policy-document file://bea.json
aws s3 ls s3://${Bucket} --profile bea
submit
