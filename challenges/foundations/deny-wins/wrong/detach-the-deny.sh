# refused by: payroll-closed
aws iam detach-group-policy --group-name Analysts --policy-arn arn:aws:iam::${AWS::AccountId}:policy/ProtectPayroll
submit
