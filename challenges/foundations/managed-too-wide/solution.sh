cat > ship.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::${Logs}/${Shop}/*"}
  ]
}
JSON
arn=$(aws iam create-policy --policy-name ShipLogs --policy-document file://ship.json --query Policy.Arn --output text)
aws iam attach-role-policy --role-name LogShipper --policy-arn $arn
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
echo test | aws s3 cp - s3://${Logs}/${Shop}/try.log --profile shipper
submit
