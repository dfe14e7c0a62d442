/** Lambda as a principal: whom the roles of functions must trust. */
export const LAMBDA = 'lambda.amazonaws.com';
