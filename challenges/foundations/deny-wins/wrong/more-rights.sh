# refused by: reads-reports
# What the ticket asks for. No Allow overrides a Deny.
aws iam attach-user-policy --user-name Priya --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
submit
