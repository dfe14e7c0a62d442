# refused by: append-only
aws iam remove-role-from-instance-profile --instance-profile-name LogShipper --role-name LogShipper
aws iam detach-role-policy --role-name LogShipper --policy-arn arn:aws:iam::aws:policy/AmazonS3FullAccess
aws iam delete-role --role-name LogShipper
submit
