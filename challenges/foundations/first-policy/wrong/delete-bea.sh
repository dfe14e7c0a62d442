# refused by: no-reading
for key in $(aws iam list-access-keys --user-name Bea --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
  aws iam delete-access-key --user-name Bea --access-key-id $key
done
aws iam remove-user-from-group --group-name Staff --user-name Bea
aws iam delete-user --user-name Bea
submit
