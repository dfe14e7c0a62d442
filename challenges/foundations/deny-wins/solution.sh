cat > protect.json <<'JSON'
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepOutOfPayroll",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "arn:aws:s3:::${Bucket}/payroll/*"
    }
  ]
}
JSON
arn=$(aws iam list-policies --scope Local --query "Policies[?PolicyName=='ProtectPayroll'].Arn" --output text)
aws iam create-policy-version --policy-arn $arn --policy-document file://protect.json --set-as-default
aws s3 cp s3://${Bucket}/reports/2026-q3.csv - --profile priya
submit
