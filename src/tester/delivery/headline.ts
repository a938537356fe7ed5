import type { Verdict } from './verdict'

/** Who and what an event is about, as far as its requests, their answers, and the event itself say. */
export interface About {
  /** The name of the customer or company, or the title of the custom object. */
  name?: string
  /** The name of the event on the timeline. */
  event?: string
}

interface Told {
  verdict: Verdict
  status?: number
  outcome: string
  about?: About
  isDryRun?: boolean
}

/** Returns what became of an event in a few words, such as `Created customer Peter Gibbons`. */
export function headlineOf({ verdict, status, outcome, about, isDryRun = false }: Told): string {
  if (verdict === 'delivered') {
    return deliveredWords(outcome, about ?? {}, isDryRun)
  }
  return verdict === 'ignored' ? 'Ignored' : status === undefined ? 'Failed' : `Failed with ${status}`
}

function deliveredWords(outcome: string, { name, event }: About, isDryRun: boolean): string {
  const [, kind = 'customer', word = ''] = /^(?:(company|customer|custom object) )?(.+)$/.exec(outcome) ?? []
  const whom = name === undefined ? kind : `${kind} ${name}`
  if (['created', 'updated', 'deleted'].includes(word)) {
    return isDryRun ? `Would ${word.slice(0, -1)} ${whom}` : `${capitalized(word)} ${whom}`
  }
  if (word === 'unchanged') {
    return `No changes to ${whom}`
  }
  if (word.startsWith('tracked')) {
    const visitor = word === 'tracked anonymously' ? 'an anonymous visitor' : name ?? 'a customer'
    return `${isDryRun ? 'Would track' : 'Tracked'} ${event ?? 'an event'} for ${visitor}`
  }
  return capitalized(outcome)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
