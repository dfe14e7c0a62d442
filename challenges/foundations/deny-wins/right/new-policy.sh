old=arn:aws:iam::${AWS::AccountId}:policy/ProtectPayroll
new=$(aws iam create-policy --policy-name PayrollIsPrivate --query Policy.Arn --output text --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::${Bucket}/payroll/*"}]
}')
aws iam attach-group-policy --group-name Analysts --policy-arn $new
aws iam attach-user-policy --user-name Hal --policy-arn $new
aws iam detach-group-policy --group-name Analysts --policy-arn $old
aws iam detach-user-policy --user-name Hal --policy-arn $old
submit
