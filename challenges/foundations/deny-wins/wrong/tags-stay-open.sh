# refused by: payroll-sealed
# Reading, writing and deleting are denied. Tags and versions are S3 actions too.
aws iam create-policy-version --policy-arn arn:aws:iam::${AWS::AccountId}:policy/ProtectPayroll --set-as-default --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Deny",
    "Action": ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"],
    "Resource": "arn:aws:s3:::${Bucket}/payroll/*"
  }]
}'
submit
