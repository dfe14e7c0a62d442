# refused by: no-ledger
# Far too much: the AWS managed policy reads every bucket.
aws iam attach-user-policy --user-name Bea --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
submit
