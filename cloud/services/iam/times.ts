/** A time as IAM and STS show it: whole seconds. @param epochMilliseconds kept as it was, for order */
export function shownTime(epochMilliseconds: number): Date {
  return new Date(Math.floor(epochMilliseconds / 1000) * 1000);
}
