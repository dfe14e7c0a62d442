# The analysts get no more than the reports, and Hal keeps a Deny of his own.
aws iam detach-group-policy --group-name Analysts --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam detach-group-policy --group-name Analysts --policy-arn arn:aws:iam::${AWS::AccountId}:policy/ProtectPayroll
aws iam put-group-policy --group-name Analysts --policy-name ReadReports --policy-document '{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${Bucket}"},
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::${Bucket}/reports/*", "arn:aws:s3:::${Bucket}/payroll-calendar.txt"]}
  ]
}'
submit
