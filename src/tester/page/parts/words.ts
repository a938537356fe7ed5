/** Words as a sentence: with a capital and a full stop. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.…!?]$/.test(capital) ? capital : `${capital}.`
}

/** The time of an ISO date-time, in UTC. */
export function timeOf(dateTime: string): string {
  return dateTime.slice(11, 19)
}

/** Where an event is in its text: `12`, or `12.3` for the third event of a batch in the twelfth line. */
export function placeOf({ number, part }: { number: number; part?: number }): string {
  return part === undefined ? String(number) : `${number}.${part}`
}

/** Such as `1 request`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
