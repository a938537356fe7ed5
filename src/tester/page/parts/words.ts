/** Words as a sentence: with a capital and a full stop. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.…!?]$/.test(capital) ? capital : `${capital}.`
}

/** The time of an ISO date-time, in UTC. */
export function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}

/** Such as `1 request`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
