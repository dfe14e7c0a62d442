export const challenge = 'data';
