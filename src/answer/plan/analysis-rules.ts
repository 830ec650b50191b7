import type { AnalysisName } from '../../domain/plan.ts'

export interface AnalysisRule {
  analysis: AnalysisName
  pattern: RegExp
  /** Words that say that something else is meant. */
  unless?: RegExp
}

const PEOPLE =
  '(?:people|persons?|humans?|staff|employees|adjusters?|clerks?|manual(?:ly)?|hand|labou?r|ourselves|bpo|outsourc\\w+|contractors?|the vendor|offshore|call cent(?:er|re))'
const MODELS = '(?:gpt|claude|gemini|llama|mistral|haiku|sonnet|opus|mini|nano|flash|qwen|deepseek|o[1-4])'

/** Anything that moved, or that the question supposes to have moved. */
export const CHANGE_WORDS =
  /\b(?:spik\w+|spike|jump\w*|surg\w+|r[io]se|risen|rising|rises|increas\w+|decreas\w+|declin\w+|drop|drops|dropped|dropping|f[ae]ll|falls|fallen|falling|climb\w*|soar\w*|shot up|shoot up|blew up|blow up|explod\w+|exploded|doubl\w+|tripl\w+|halv\w+|plung\w+|dip|dips|dipped|crash\w*|go(?:es|ing|ne)? (?:up|down|wrong|through the roof)|went (?:up|down|wrong|through the roof|crazy|off)|(?:is|are|was|were|been|so much|much|got|get|gotten|getting|run|running|came|come|comes|coming in|higher up) (?:up|down|higher|lower)\b|chang(?:e|es|ed|ing)|grew|grown|growth|growing|shr[aiu]nk|collaps\w+|plummet\w*|trend\w* (?:up|down|upwards?|downwards?)|creep\w* (?:up|down)|crept (?:up|down)|balloon\w*|rocket\w*|skyrocket\w*|(?:something|anything|what) (?:is )?(?:off|wrong|odd|strange)|out of (?:line|hand)|ma(?:d|k)e (?:\w+ ){1,4}(?:more expensive|cheaper|dearer|costlier|pricier|worse|better)|over budget|worsen\w*|deteriorat\w+|(?:got|get|gotten|getting) (?:worse|better|more expensive|cheaper|dearer|pricier|slower)|improv\w+|swing|swung|(?:push|dragg?|dr[io]v|br[io]ng|brought)\w* (?:\w+ ){0,5}(?:up|down)|anomal\w+|move[ds]?|deviat\w+|(?:\w+er|more(?: \w+)?|less(?: \w+)?|better|worse) than (?:usual|normal|expected|before)|unusual\w*|over(?:run|shoot)|overran)\b/

/** A cause is asked for: "why", "what pushed", "the reason for". */
export const CAUSE_WORDS =
  /\b(?:why|what (?:caus|dr[io]v|explain|made|makes|is behind|was behind|is driving|happened|moved|pushed)\w*|how come|any idea what|tell me what|(?:reason|cause|driver|explanation|root cause)s? (?:for|of|behind)|explain|account(?:s|ed)? for|where did the .* come from|what is going on|what is up with|what went wrong|due to)\b/

/**
 * First match wins; the order says what a question is really after. Patterns see the normalised text of the question.
 */
export const ANALYSIS_RULES: readonly AnalysisRule[] = [
  {
    analysis: 'help',
    pattern:
      /^(?:please )?(?:help|help me|hi|hello|hey|what can (?:you|i|docket) (?:do|ask|answer)(?: you)?|how do(?:es)? (?:i use|you|this|docket) \w+|commands?|usage|examples?|what (?:questions|analyses) .*|what do you (?:do|know|offer)|who are you|start|\?+)(?: docket| there| you)?$/,
  },
  {
    analysis: 'find',
    pattern:
      /\b(?:have (?:we|you|i|they|any\w*) ever |have (?:we|you|i|they|any\w*) (?:ever )?(?:seen|had|met|come across|dealt with|handled|decided|encountered)|(?:did|has|have) (?:we|any\w*) (?:ever )?(?:see|seen|decide|decided|agree|agreed|rule[d]?|deal|dealt with) |seen (?:this|that|anything|something|it|one)|who (?:decided|approved|signed off|agreed|authori[sz]ed|allowed|said|ruled|made the (?:decision|call))|(?:what|which) (?:did|have|was|were)(?: \w+)? (?:decide|decided|agree|agreed|decision|decisions)|when did we (?:decide|agree|last|start|stop|begin|switch)|why did we (?:decide|agree|approve|choose|stop|start|switch|allow|move|keep|reject|route|send|put|hand|take|adopt|drop the)|precedents?|similar (?:cases?|claims?|items?|tickets?|decisions?|overrides?|incidents?|situations?)|(?:cases?|decisions?|overrides?|notes?|threads?|anything|something|items?|corrections?) (?:like|about|mentioning|that mention|regarding|concerning|citing|that cite|involving) |(?:decisions?|notes?|threads?|anything|records?) (?:on|for) |(?:^|^please |^and |can you |could you |help me |me |to )(?:find|search|look up|lookup|look for|dig up|recall|remember) |did (?:we|any\w*|they|adjusters?|reviewers?) ever |which (?:decisions?|precedents?|rules?|polic(?:y|ies)) (?:\w+ )?(?:covers?|appl(?:y|ies)|says?|allows?|forbids?|governs?|was|were|led|let)|(?:been|already|ever) (?:decided|settled|ruled on|overruled|approved)|(?:decided|settled|seen|approved|overruled) (?:this |that |it |one )?before|rationale|what (?:is|was) the (?:rule|policy|decision|reasoning|precedent) (?:for|on|about|behind)|(?:is|was) there (?:a|an|any) (?:rule|decision|precedent|policy|thread|record|note)|what do we know about|(?:saved|past|earlier|previous|prior) (?:decisions?|threads?|discussions?)|which decisions|decision log|decision record|on record)\b/,
    unless: /\bcosts? (?:more|less)\b/,
  },
  {
    analysis: 'corrections',
    pattern: /\breasons? (?:for|of|behind) (?:the |our )?(?:overrid|correct|overrul|overturn)\w*/,
    unless: /\b(?:increase|rise|drop|fall|jump|spike|growth)\b/,
  },
  {
    analysis: 'operating_metrics',
    pattern:
      /\b(?:head ?count|ftes?|full time equivalents?|hir(?:e|es|ed|ing)|staffing|team size|cycle times?|lead times?|handl(?:e|ing) times?|turnaround|backlog|(?:tickets?|claims?|items?|invoices?|requests?|cases?|work|output|volume) (?:per|a) (?:person|agent|adjuster|head|employee|fte|analyst|clerk)|per person|per head|operating metrics?|operational (?:metrics?|kpis?)|kpis?|outsourcing invoice|outsourcer invoice|invoices? (?:of|from) the (?:outsourcer|bpo|vendor)|bpo invoice|fewer (?:people|staff|adjusters|clerks|agents)|did (?:the )?(?:operations?|business) (?:really |actually )?(?:change|improve|move)|has (?:the )?(?:operations?|business) (?:really |actually )?(?:changed|improved|moved)|vacanc(?:y|ies)|overtime|sla|show(?:s|n)? up in (?:the )?(?:operations?|p&l|business)|real(?:ly)? chang\w+ (?:in )?(?:the )?(?:operation|business)|throughput)\b/,
  },
  {
    analysis: 'marginal_utility',
    pattern:
      /\b(?:marginal\w*|(?:next|extra|another|additional|one more|every extra|each extra) (?:\d+ )?(?:dollars?|bucks?|euros?|usd|1000|hundred|thousand|tokens?)|diminishing|utility|what would (?:we|i|it) (?:gain|get|win|bring|buy)|(?:more|extra|additional|bigger|larger) budget|value of (?:\w+ ){0,3}(?:attempts?|tr(?:y|ies)|retr(?:y|ies)|tokens?|dollars?)|(?:a |the )?(?:second|third|fourth|fifth|2nd|3rd|4th|another|one more|extra|additional|more) (?:attempts?|tr(?:y|ies)|retr(?:y|ies)) (?:\w+ ){0,3}(?:worth|pay)\w*|worth (?:it to )?(?:a |the )?(?:retrying|trying again|(?:a |the )?(?:second|third|fourth|2nd|3rd|4th|another|one more|extra|additional|more) (?:attempt|try|retry)|spending more|the extra)|where (?:should|shall|could|can|do|would) (?:we|i) (?:spend|invest|put|allocate|shift|move)|where to (?:spend|invest|put|allocate|shift|move)|(?:spend|invest) (?:more|less|the next)|(?:more|extra|additional) (?:money|budget|spend) (?:be |is |would be )?(?:best|pay|help|buy)|at what point does|stop paying off|return on (?:the )?(?:next|extra|another)|best use of|allocat\w+)\b/,
    unless:
      /\bwhy\b.*\b(?:spend|invest)|\bhow much (?:more|less)\b|\bdid we (?:spend|invest) (?:more|less)\b|(?<!should )\bwe (?:spend|spent|spending) (?:more|less)\b/,
  },
  {
    analysis: 'routing',
    pattern: new RegExp(
      `\\b(?:(?:cheaper|smaller|bigger|larger|stronger|weaker|lighter|lesser|better|other|different|less expensive|more expensive|mini|open source) (?:\\w+ )?(?:models?|llms?)|model (?:choice|routing|selection|mix)|(?:large|big|small|mini|expensive|strong|cheap|top|frontier|premium) models?|which models?(?! (?:cost|spend|is most expensive|are most expensive|version))|what models?|(?:rout(?:e|es|ed|ing)|downgrad\\w+|down ?size) |routing|right model|compare (?:the )?models|models compare|model comparison|expensive a model|(?:is|are) there (?:a|any|another) (?:w+ )?models?|good enough|too (?:strong|big|large|powerful) (?:a )?model|over ?kill|(?:switch|mov|chang|rout|go)\\w* (?:\\w+ ){0,4}(?:to|from|over to|onto) (?:\\w+ )?${MODELS}[\\w.-]*|(?:do|does|would|could|can|is|are|should|will) (?:we |it )?(?:\\w+ ){0,5}${MODELS}[\\w.-]* (?:\\w+ ){0,3}(?:handle|do|enough|suffice|work|cope|good|worth|resolve|be used)\\w*|(?:use|using|need|run) ${MODELS}[\\w.-]*)\\b`,
    ),
    unless: /\bwhy\b.*\b(?:go up|went up|spike|rise|rose|change|changed|increase|jump|drop)/,
  },
  {
    analysis: 'what_mattered',
    pattern:
      /\b(?:(?:what|which \w+(?: \w+)?) (?:really |actually )?matter\w*|makes? (?:a|the|any|most) difference|made (?:a|the|any|most) difference|goes with|go with success|(?:steps?|tools?|documents?|docs|paths?|retrievals?|sources?) (?:\w+ ){0,3}(?:help|helps|helped|matter|matters|drive|drives|lead|leads|correlate|predict|contribute)\w*|(?:what|which \w+) (?:do|did) (?:the )?(?:successful|resolved|good|winning|failed|failing|bad|unresolved) (?:\w+ )*(?:have|do|look|share|use|take)\w*|in common|success factors?|(?:what|which \w+) (?:predicts?|drives|goes with|leads to|separates?|distinguish\w*|decides) (?:\w+ )*(?:resol|success|fail|outcome)\w*|paths?|(?:differ\w*|distinguish\w*|separate\w*) (?:\w+ )*(?:between |from )?(?:\w+ )*(?:resolved|successful|failed) |what (?:works|worked)|(?:does|do|did|would) (?:using|having|calling|reading|retrieving|the use of|adding) (?:\w+ )+(?:improve|help|raise|change|matter|increase|lower|hurt)\w*|which (?:steps?|tools?|documents?|docs)(?! (?:cost|waste|are wast|fail|failed|burn|spend))|influenc\w+ (?:the )?(?:outcome|resolution|result))\b/,
    unless: /\bwhy\b.*\b(?:spike|went up|go up|jump|rise|rose)\b|\bunused|\bbut not used|\bnever used|\bnot used/,
  },
  {
    analysis: 'baseline',
    pattern: new RegExp(
      `\\b(?:bpo|outsourc\\w+|(?:than|versus|vs|against|beat|beats|beating|compared? (?:with|to)|instead of|as opposed to|replac\\w+) (?:\\w+ ){0,4}${PEOPLE}|${PEOPLE} (?:would|be|are|is|do it|does it|did it|cost|costs|charge|charges|still|cheaper)|(?:by|with) (?:a )?(?:person|people|humans?|hand)(?! in the loop)|roi|return on investment|pay(?:s|ing)? (?:off|for itself|back)|paid off|payback|worth (?:it|the money|having|running|keeping|paying)|break ?even|los(?:e|es|ing) (?:us )?money|loss making|(?:make|makes|making) (?:us )?(?:money|a profit)|profit\\w*|in the (?:red|black)|sav(?:e|es|ed|ing|ings) (?:us|by|versus|vs|compared|against|per|from|with|a month|do|are|is|did|have|does|has|overall|in total|so far|last|this|the company)|savings?|(?:are|is|do|does|did|have|has) (?:we|agents?|the agents?|it|ai|automation|docket|they) (?:actually |really |even )?sav\\w+|how much (?:do|did|does|have|has|are|is|money do|money did) (?:\\w+ ){1,4}sav\\w+|baselines?|make or buy|business case|labou?r cost|labou?r|cheaper (?:by hand|manually)|economic\\w* sens\\w*|unit economics|(?:still )?(?:pay|make) sense)\\b`,
    ),
    unless:
      /\bwhere (?:can|could|should|do|might) (?:we|i) sav|\bcorrect|\boverrid|\boverrul|\bwhy did savings\b|\bhow much (?:can|could|would|might) (?:we|i) save by (?:using|switch|rout)/,
  },
  {
    analysis: 'spread',
    pattern:
      /\b(?:var(?:y|ies|ied|ying|iation|iance|iable|iability)|spreads?|(?:in)?consisten\w+|predictab\w+|unpredictab\w+|dispersion|distribution of (?:\w+ )?costs?|cost distribution|p ?90\b|p ?10\b|percentiles?|quantiles?|outliers?|(?:cheapest|dearest|most expensive|lowest|highest) (?:and|versus|vs|to|against) (?:the )?(?:cheapest|dearest|most expensive|lowest|highest)|(?:the )?same (?:\w+ ){1,4}(?:cost|costs|differ|differs|run|twice|again|so different)\w*|(?:different|wildly different|two) (?:costs|prices|bills|amounts) for (?:the )?(?:same|identical|similar)|range of (?:\w+ )?(?:cost|price)s?|cost range|how different|how (?:stable|even|uniform|wide|far apart|volatile)|standard deviation|stdev|min and max|max and min|minimum and maximum|identical (?:\w+ ){0,3}(?:cost|differ|vary)\w*)\b/,
    unless:
      /\bwithin (?:its|the|normal) (?:usual |normal )?variation\b|\bsame (?:week|month|period|time|day|quarter)\b(?!.*\bvar)/,
  },
  {
    analysis: 'waste',
    pattern:
      /\b(?:wast\w+|futil\w+|useless\w*|unnecessar\w+|redundan\w+|pointless|for nothing|down the (?:drain|toilet)|(?:throw|threw|thrown)\w* (?:\w+ ){0,3}away|in vain|loops?|looping|looped|stuck in|needless\w*|avoidable|superfluous|(?:burn|burned|burnt|burning|leak|leaking|leakage|bleed|bleeding) (?:\w+ ){0,3}(?:money|tokens|dollars|cash)|inefficien\w+|where (?:can|could|should|do|might) (?:we|i) (?:save|cut|trim|economi[sz]e)|(?:can|could) (?:we|i) (?:save|cut|trim)|cut costs?|cost cutting|(?:failed|duplicated?|repeated|identical|double) (?:\w+ ){0,2}calls?|unproductive|spent on (?:failed|nothing|dead)|dead (?:ends?|weight)|money pit|(?:achiev\w+|brought|bought|gave|got|yield\w*|produc\w+) (?:us )?nothing|went nowhere|going nowhere|to no (?:effect|avail)|without (?:any )?(?:result|effect|benefit)|overspend\w*|squander\w*)\b/,
    unless: /\bwhy did (?:\w+ )*(?:cost|spend|spending)\b(?!.*\bwast)|\bhow much (?:\w+ ){0,3}burn(?!.*\bnothing)/,
  },
]

/** A level that is said to differ from what it was: more often, longer, worse. */
export const COMPARATIVE_WORDS =
  /\b(?:more|less|fewer|worse|better|higher|lower|longer|shorter|bigger|smaller|slower|expensive|costlier|dearer|cheaper|pricier|suddenly|sudden|again)\b/

/** Rules for what is asked of a level, not of a change; they come after those for changes. */
export const LEVEL_RULES: readonly AnalysisRule[] = [
  {
    analysis: 'corrections',
    pattern:
      /\b(?:correct(?:ion|ions|ed|s|ing)|(?:do|does|did|people|humans?|adjusters?|reviewers?|staff|we|they) correct|overrid\w+|overrul\w+|overrode|overturn\w*|revers(?:ed|als?)|disagree\w*|human (?:review|intervention|corrections?|fix\w*)|reviewers?|(?:rework|redo|redone|fixed by|changed by|touched by|second guess\w*)|step(?:ped|s)? in|intervene\w*|(?:people|humans?|persons?|staff|someone|somebody|adjusters?|reviewers?|we) (?:had|have|has|needed|need) to (?:fix|correct|change|redo|touch|look|step|take over)|had to be (?:fixed|corrected|changed|redone)|which rules? (?:are|is|were|was|do|does|get|gets))\b/,
  },
  {
    analysis: 'retry_tail',
    pattern:
      /\b(?:re ?tr(?:y|ies|ied|ying)|re ?runs?|re ?attempts?|attempts?|first (?:try|time|pass|go|shot|attempt)|second (?:try|go)|third (?:try|go)|tries|how (?:often|many times) (?:do|did|does|must|have) (?:we|it|agents?|the agents?|they) (?:have to |need to )?(?:repeat|start over|run|try)|try again|tried again|start(?:s|ed)? over|repeat(?:s|ed)? (?:work|runs?)|one shot|tail)\b/,
  },
  {
    analysis: 'context',
    pattern:
      /\b(?:context\w*|(?:prompt|input) (?:size|length|tokens?|volume)|prompts? (?:\w+ )?(?:so |too |how )?(?:long|large|big|bloated|short)|(?:how )?(?:long|large|big) (?:are|is|were) (?:the |our )?(?:\w+ )?prompts?|input tokens?|tokens? (?:usage|use|consumption|count)s? (?:per|a|for each|in each) |tokens? (?:per|a|for each|in each|does each) (?:\w+ )?(?:call|request|step|run|claim|item|ticket|invoice)|retriev\w+|documents? (?:\w+ ){0,4}(?:used?|unused|read|ignored|fetched|loaded|pulled)|(?:unused|irrelevant|too many|how many|ignored) (?:\w+ ){0,2}(?:documents?|docs|chunks?|passages?)|chunks?|history|bloat\w*|rag|how many tokens)\b/,
  },
  {
    analysis: 'cost_per_resolved',
    pattern:
      /\b(?:(?:costs?|spend|spent|price|expense|dollars|pay|paid|paying|charge|money) (?:\w+ ){0,2}?(?:per|for each|for every|for one|for a|for an|a|an|each|every) (?!week|month|day|quarter|year|hour|region|model)(?:single |resolved |closed |successful |solved |finished |completed )*\w+|per (?:resolved|unit|closed|solved|successful|completed|finished|work|case|item|piece|resolution)|unit (?:costs?|prices?)|average (?:\w+ ){0,3}costs?|average (?:\w+ )?(?:price|spend)|mean (?:\w+ )?cost|costs? (?:\w+ )?(?:on|in) average|what (?:does|did|do|would|is) (?:it cost |the cost |the price )?(?:us )?(?:of |to )?(?:a|an|one|each|every|resolve|resolving|close|closing|solve|handle|handling|process)\b.*|how (?:much|expensive) (?:does|did|is|was|do|to|for|would|are|were)\b(?: it cost)?(?: us)?(?: to)? ?(?:a|an|one|each|every|resolve|resolving|close|closing|solve|resolved|handle|handling|process)\b.*|how (?:expensive|cheap|costly|pricey|dear) (?:is|are|was|were) .*|costs? (?:of|for|to) (?:a|an|one|each|every|resolving|resolve|resolved|closing|solving|handling|handle)\b.*|(?:price|cost)(?: tag)? of (?:a |one |each )?(?:single |resolved |closed |solved )|resolved (?:\w+ ){1,4}costs?|(?:each|every|one|a|an|single) (?:\w+ ){1,4}(?:costs?|cost us|set us back)|cost effective\w*|cpr)\b/,
  },
  {
    analysis: 'cost_per_resolved',
    pattern:
      /\b(?:resolution rates?|resolv(?:e|ed|es|ing)|success rates?|solve rates?|resolutions?|failure rates?|fail(?:ed|ure|ures|s)? |completion rates?|how many (?:\w+ ){1,3}(?:closed|solved|finished|done|completed|failed|escalated|succeed\w*)|(?:share|percentage|percent|proportion|fraction) (?:of )?(?:\w+ ){0,4}(?:closed|solved|escalated|failed|succeed\w*)|escalat\w+|cost(?:s)? us more|most expensive|cheapest|dearest|priciest|costliest|expensive)\b/,
  },
  {
    analysis: 'spend',
    pattern:
      /\b(?:spend\w*|spent|bills?|outlay|expenditures?|expenses?|budgets?|(?:total |overall |llm |model |ai |token |api |agent |running |combined )*costs?|cost|costing|how much|cash|consum\w+|set us back|the damage|what (?:did|do|does) (?:we|i) pay|paid|paying|pay|money|dollars|usd|burn(?: rate)?|run rate|invoice total|charges?|tokens?|trend)\b/,
  },
]
