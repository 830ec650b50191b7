/**
 * Words that carry no name of a segment or a workflow. They are never corrected, and are not reported as misunderstood.
 * Words of questions about time, money and comparison are in `QUESTION_WORDS`: misspellings are corrected towards those.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a able about above according across actual actually add after again against ago all almost alone along already also
  although always am among an and another any anybody anyone anything anyway apart apparently are area around as aside ask at
  away back bad badly based basically basis be became because become been before began behind being believe below beside
  besides best better between beyond big bit both bring brought bunch business but by call called calls came can cannot
  care case cases cause causing cheers clear clearly close closed come comes coming common completely consider could
  current currently customer customers data day days deal decent deep define did differ do does doing done down due each
  earlier easy either else end ended enough entire especially etc even ever every everyone everything exact exactly except
  expect expected fact factor far fast few figure figures fine first fix folks follow for found from front full fully further
  gave general generally get gets getting give given gives giving go goes going gone good got great group had half hand
  handle handled handling happen happened happening happens hard has have having he held hello help helped her here hey hi him
  his hold how however i idea if in include included including indeed inside instead into is issue it item items its itself
  job just keep keeps kept kind kinds know known lately later least leave left less let like likely line list little live lot
  lots low made main mainly make makes making man many matter may maybe me mean means might mind minute minutes moment money
  month months more most mostly move moved much must my near nearly necessarily need needed needs never new next nice no nobody
  none nor normal normally not note nothing notice noticed now number numbers obviously odd of off often ok okay old on once
  one ones only onto open or order other others ought our ours out over overall own paid part particular particularly past
  pay paying people per perhaps person piece place plain plan please plus point possible possibly pretty previous probably
  problem put question quick quickly quite rather read real really reason reasons recent recently regard regarding related
  right run running runs said same saw say says second see seem seems seen sense sent set several shall she should show showed
  side simply since single so some somebody somehow someone something somewhat somewhere soon sorry sort spot start started
  starting state still stop stopped stuff such suddenly sudden sure take taken takes taking talk team tell terms thank thanks
  that the their them then there these they thing things think third this those though thought through till time times to
  today together told tomorrow too took toward towards tried true try trying turn turned two type types typical typically under unless
  until up upon us use used uses using usual usually very via view want wanted was way ways we week weeks weird well went
  were what whatever when where whether which while who whole whom whose why will with within without wonder wondering word
  work worked working works worry would wrong yeah year years yes yet you your yours january february march april may june july
  august september october november december monday tuesday wednesday thursday friday saturday sunday pls plz docket bot agent
  agents ai llm company closed finished finish completed complete business finance ops operations board cfo happened expensive
  ballpark roughly approximately exactly quarter quarters versus vs across numbers usd dollar dollars cents money jan feb mar apr
  jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun false yes half bring looks look looking looked sum eat eating ate
  hit hitting insane crazy bloody hell damn heck odd strange surprising surprised unusual surprisingly huge large small tiny massive
  significantly dramatically sharply slightly steadily heavily noticeably suddenly oddly unexpectedly please kindly could`.split(
    /\s+/,
  ),
)

/** What a misspelt word of a question most likely meant. */
export const QUESTION_WORDS: readonly string[] =
  `spike spiked spiking increase increased increasing decrease decreased jump jumped surge surged dropped drop fell falling rise
  rising risen change changed changes changing explain caused cause cost costs costing spend spent spending spends expensive cheaper
  cheapest cheap dearer budget price bill dollars retry retries retried attempts attempt context tokens token prompt prompts
  documents document model models routing waste wasted wasting wasteful resolved resolve resolution override overrides overruled
  correction corrections corrected baseline outsourcer outsourcing outsourced outsource people human humans headcount hiring staff
  marginal utility dollar matter mattered spread vary varies variation variance same different difference compare compared comparison
  average total yesterday today tomorrow week weeks month months quarter year last this previous before after since between until
  january february march april june july august september october november december monday tuesday wednesday thursday friday
  saturday sunday decided decide decision decisions precedent precedents find search without with versus failed failure escalated
  loops looping retrieved retrieval unused operating metrics cycle time savings saving money workflow workflows region policy
  higher lower agent agents share rate rates many much claims tickets invoices where which what when does exceptions exception
  rule rules approve approved deny denied reason history version quality useless unnecessary reviewer reviewers`.split(
    /\s+/,
  )
