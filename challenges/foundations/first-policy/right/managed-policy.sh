cat > bea.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "ListCatalogue",
    "Effect": "Allow",
    "Action": ["s3:ListBucket"],
    "Resource": ["arn:aws:s3:::${Bucket}"]
  }
}
JSON
arn=$(aws iam create-policy --policy-name ListCatalogue --policy-document file://bea.json --query Policy.Arn --output text)
aws iam attach-user-policy --user-name Bea --policy-arn $arn
submit
