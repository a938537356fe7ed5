/** What the page takes, in bytes: the command takes files of any length. */
const MOST = 2_000_000

/** The text of a file of events. @throws an error that a person can read, where it is too long or no UTF-8 */
export async function textOfFile(file: File): Promise<string> {
  if (file.size > MOST) {
    throw new Error(`${file.name} is too long for a page: npm run tester -- send takes files of any length.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    throw new Error(`${file.name} is no text in UTF-8.`)
  }
}
