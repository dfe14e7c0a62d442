# refused by: bank-token
answer bank-token 'flag{00000000000000000000000000000000}'
submit
