"""The closed lists this package knows: titles, honorifics, heads of nominals, pronouns, capitals. All in lower case.

No gazetteer of people or places: who is who is read from the article. A word that is missing here costs a clue, never
an answer.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text between white space."""
    return frozenset(text.split())


HONORIFICS: dict[str, str] = {
    **dict.fromkeys(
        words("mr sir lord father brother uncle prince king emperor herr monsieur señor pope imam sheikh mister"),
        "m",
    ),
    **dict.fromkeys(
        words("mrs ms miss dame lady madam madame mme sister aunt auntie princess queen frau señora doña"), "f"
    ),
    **dict.fromkeys(
        words(
            "dr prof hon rev revd fr cr st sr alhaji hajji haji shri smt sri pak elder atty datuk comrade adv barr engr alhaja mallam hajiya otunba"
        ),
        "",
    ),
}
"""Forms of address and the gender they tell, "" for none."""

TITLES = words(
    """recorder president prime minister premier chancellor senator sen rep reps representative congressman congresswoman gov
    governor mayor deputy vice chief chair chairman chairwoman chairperson secretary treasurer speaker
    leader whip justice judge magistrate attorney solicitor prosecutor advocate barrister lawyer counsel
    general gen lieutenant lt colonel col major maj captain capt commander cmdr sergeant sgt corporal cpl
    private admiral adm marshal brigadier officer inspector insp constable superintendent supt sheriff
    detective det ds dc di pc dci dsu csp dsp asp dcp acp commissioner warden ranger professor doctor rector dean principal provost
    reverend pastor bishop archbishop cardinal rabbi ayatollah mullah canon deacon ambassador consul envoy
    councillor councilor councilman councilwoman cllr alderman alderwoman mp mep msp mla mps td director ceo
    cfo coo president-elect editor coach manager economist spokesman spokeswoman spokesperson adviser
    advisor analyst strategist actor actress singer novelist author host anchor moderator former ex acting
    republican democrat democratic labour conservative tory sens crown prince king queen nurse engineer
    foreign defence defense interior finance health education trade energy home state chairmen assemblyman
    assemblywoman delegate comptroller auditor coroner archdeacon vicar abbot chief-of-staff ombudsman
    executive senior junior assistant associate undersecretary minority majority opposition shadow union
    party senators governors ministers presidents mayors judges justices professors councillors congressmen
    ambassadors generals secretaries attorneys officers inspectors bishops archbishops commissioners
    secretary-general director-general attorney-general governor-general solicitor-general auditor-general
    vice-chancellor vice-president vice-chairman vice-chair editor-in-chief co-founder cofounder co-chair co-director
    co-author commander-in-chief president-designate minister-president mayor-elect governor-elect senator-elect
    sheriff-elect pro tem tempore trooper undersheriff patrolman supervisor administrator selectman selectwoman
    councilmember councilperson alderperson freeholder assessor registrar"""
)
"""Words that stand before a name and say what its bearer is; not all of them may end a title."""

TITLE_ENDS = TITLES - words(
    """prime vice pro former ex acting democratic conservative foreign defence defense interior finance health
    education trade energy home state crown executive senior junior assistant associate minority majority
    opposition shadow union party chief-of-staff labour tory"""
)
"""Words a title can end with."""

TITLE_MODIFIERS = words("senior junior acting deputy chief executive managing prime vice")

SAME_TITLE: dict[str, str] = {
    "gov": "governor", "sen": "senator", "sens": "senator", "rep": "representative", "gen": "general", "lt": "lieutenant",
    "col": "colonel", "maj": "major", "capt": "captain", "sgt": "sergeant", "cpl": "corporal", "adm": "admiral",
    "cmdr": "commander", "insp": "inspector", "supt": "superintendent", "det": "detective", "prof": "professor",
    "dr": "doctor", "cllr": "councillor", "councilor": "councillor", "councilman": "councillor",
    "councilwoman": "councillor", "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "representative", "legislator": "representative", "advisor": "adviser", "rev": "reverend",
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "ceo": "chief-executive",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "premier": "minister", "mogul": "businessman",
    "lawyer": "attorney", "solicitor": "attorney", "barrister": "attorney", "counsel": "attorney",
    "advocate": "attorney", "physician": "doctor", "author": "writer", "novelist": "writer", "scholar": "professor",
    "academic": "professor", "boss": "executive", "billionaire": "businessman", "tycoon": "businessman",
    "magnate": "businessman", "salesman": "seller", "researcher": "scientist", "fisher": "fisherman",
}  # fmt: skip
"""Role words that can stand for each other between a title and a later nominal."""

PRONOUNS: dict[str, str] = {
    **dict.fromkeys(words("he him his himself"), "he"),
    **dict.fromkeys(words("she her hers herself"), "she"),
    **dict.fromkeys(words("they them their theirs themselves"), "they"),
    **dict.fromkeys(words("it its itself"), "it"),
    **dict.fromkeys(words("i me my mine myself"), "i"),
    **dict.fromkeys(words("we us our ours ourselves"), "we"),
    **dict.fromkeys(words("you your yours"), "you"),
    **dict.fromkeys(words("who whom whose which that"), "who"),
}
"""A pronoun and its paradigm."""

ARTICLES = words("the a an")
DEFINITE = words("the this that these those his her its their both")
INDEFINITE = words(
    "a an one another some several many few most other others two three four five six seven eight nine ten any"
)
NUMERALS = words("two three four five six seven eight nine ten eleven twelve dozens hundreds thousands scores")

DETERMINERS = frozenset(["the", "a", "an", "one", "another", "his", "her", "its", "their", "our", "my", "whose"])
"""What a noun phrase that says what somebody is begins with."""
AUXILIARIES = words(
    "will would shall should can could may might must has have had is are was were does did do cannot won't isn't hasn't"
)

PREPOSITIONS = words(
    """of for from in at with to on by about against among around between into near over under within without as than
    behind inside outside across along through during after before since per via upon"""
)
RELATIVES = words("who whom whose which that where when")

FUNCTION = (
    PREPOSITIONS
    | RELATIVES
    | ARTICLES
    | DEFINITE
    | INDEFINITE
    | frozenset(PRONOUNS)
    | words(
        """and or but nor so yet if because although though while whereas unless until once not no yes then there here now
        today yesterday tomorrow tonight still also even only just all each every either neither such what
        how why however moreover meanwhile instead indeed nevertheless nonetheless perhaps maybe please
        thanks thank well oh ah hello hi dear according despite like unlike amid beyond below above toward
        towards except plus ok okay is are was were be been being am do does did done has have had having
        will would shall should can could may might must let get got go going come came take took make made
        see said says say told asked added read look listen none nobody everybody everyone someone somebody
        anyone anybody everything nothing something fewer continued true false never always often sometimes
        later earlier soon last next first second third more less much nearly almost about another same own
        few good bad new old big great long short early late back down up out off away monday tuesday
        wednesday thursday friday saturday sunday january february march april june july august september
        october november december jan feb aug sept sep oct nov dec mon tue wed thu fri sat sun spring summer
        autumn winter photo image picture file exclusive updated update breaking watch video q a"""
    )
)
"""Words that are capitalised for where they stand, not for being a name."""

PARTICLES = words(
    "de da del della di do dos das du la las le los van von der den ten ter bin bint binti binte ibn ben al el ag ould abu zu zum zur y e st"
)
ORG_LINKS = words("of for and the on in & to de la del")

ORG_HEADS = words(
    """ministry department office agency bureau commission committee council authority administration service services
    court tribunal parliament senate congress assembly house cabinet government party campaign union
    association federation confederation league club society institute institution university college school
    academy foundation fund trust bank group company corporation corp inc ltd llc plc gmbh ag sa nv co
    holdings partners capital ventures industries systems technologies airlines airways motors energy press
    news times post journal tribune herald gazette guardian telegraph magazine network radio television tv
    agencies board panel centre center hospital clinic church diocese police army navy force forces guard
    nations organization organisation organisations alliance coalition movement front brigade regiment
    division unit team staff laboratory lab observatory museum library theatre gallery festival chamber
    exchange embassy consulate delegation mission secretariat directorate inspectorate watchdog regulator
    utility operator airport port railway railways rail brewery mill mine cooperative co-operative forum
    initiative project program programme campaigners registry treasury pentagon kremlin vatican nato
    publisher retailer insurer lender developer supplier manufacturer maker bloc think-tank tank charity ngo
    firm broadcaster newspaper outlet website paper channel station daily weekly tabloid bench jury inquiry
    voivodeship municipality city county district province state borough parish region town ministry's
    prosecutors constabulary militia syndicate consortium conglomerate subsidiary startup start-up studio
    label orchestra vendor distributor caterer streamer carrier airline shipbuilder refiner bookmaker chain
    newsroom consultancy brokerage cinema hotel restaurant shop store farm estate vineyard zoo aquarium
    garden archive kitchen factory plant shipyard yard quarry refinery research ratings minerals resources
    promotions shire monitor fm dealer dealership wholesaler exporter importer ombudsman monarchy presidency
    chancellery faculty prison jail marina lobby guild undersecretariat branch command carmaker automaker drugmaker
    chipmaker planemaker steelmaker giant nonprofit non-profit superintendency junta regime faction cartel tank
    detachment wing arm caucus multinational brewer bourse body supermarket nightclub co-op township patrol lodge tribe
    village"""
)
"""Heads of names and nominals of organisations."""

ORG_ENDS = words(
    """pt ltda oy oyj ab asa aps bv srl sas sarl kg pvt pte pty bhd tbk jsc kft zrt doo lp llp limited incorporated
    aviation marine offshore oil gas petroleum refining refineries chemicals cement textiles automotive properties
    realty homes developments construction builders engineering electric electronics semiconductors telecom
    telecommunications wireless broadband solar renewables recycling terminals lines ferries cruises express freight
    haulage transport transit buses travel tours air dairies farms growers exporters importers breweries distillers
    books records pictures films productions entertainment games gaming fc afc athletic united rovers wanderers academicals
    locos insurance assurance bancorp financial securities investments asset advisers advisors consulting associates
    solutions software digital cloud computing compute robotics aerospace logistics shipping pharma pharmaceuticals
    biotech biosciences therapeutics diagnostics medical health foods produce ordnance fiduciary works workers
    teachers nurses farmers residents parents watch alert rescue aid relief action rights research resources
    courier echo chronicle observer argus mercury advertiser mirror examiner inquirer star standard zeitung
    tageblatt anzeiger tidende avisen dagblad courant gazeta gazete diario jornal listy noticias corriere
    precincts docks harbour housing live online nederland deutschland africa asia arabia
    international global worldwide nationwide media analytics leasing lending learning training living baking brewing
    dredging mining milling fishing packaging staffing catering clearing drilling outdoor outdoors orbital voters
    constructors contractors parcels mail navigation line energy water gas grid networks network systems
    distribution transmission generation hydrogen biofuels batteries metals plastics timber lumber fertilizers fertilisers
    healthcare laboratories genomics vaccines sciences beverages bakeries supermarkets furniture fashion apparel
    footwear cosmetics hotels resorts casinos leisure tourism helicopters aeronautics instruments machinery equipment
    components trucks scooters mobility warehousing storage couriers fibre publishing publications advertising
    marketing communications insights strategies commodities mortgages lettings forestry futures
    motors foods agri agro lithium uranium copper cobalt theatres galleries unidos unidas"""
)
"""What a name of several words ends with, besides :data:`ORG_HEADS`, if it is a company's, a paper's or a club's."""

ORG_STARTS = words(
    """pt cv grupo groupe gruppo banco banque bank banca radio tele televisão televisión telewizja partido parti partei
    theatr teatr teatro theater gazeta diario jornal journal studio stichting fundación fundação fondation instituto
    institut ministerio ministère club fc afc sv vfl cd sc local friends citizens mothers save stop"""
)
"""What such a name begins with."""

FIRMS = words(
    """contractor subcontractor operator manufacturer maker owner supplier developer publisher insurer retailer lender
    employer carrier distributor exporter importer producer wholesaler courier landlord outfitter refiner shipper builder
    broker portal blog app channel startup start-up brand platform utility franchisee licensee concessionaire"""
)
"""What a business is called as often as a person: "the contractor", "the owner"."""

OPERATED = words(
    "crane radio forklift camera machine switchboard telephone sound drone bulldozer digger winch tractor sonar radar lift"
)
"""Things whose operator is a person."""

OUTLETS = words(
    "newspaper paper outlet website site magazine channel station broadcaster daily weekly tabloid network agency blog"
)

DOCUMENTS = words(
    """database databases dataset datasets dashboard questionnaire report reports study studies survey surveys poll polls review audit paper memo memorandum letter letters
    statement document documents filing filings lawsuit suit complaint indictment affidavit ruling judgment
    judgement verdict opinion order petition bill law act treaty agreement deal contract data figures
    statistics numbers records email emails e-mail e-mails message messages text texts post posts tweet
    tweets video footage recording transcript minutes note notes book article articles editorial column
    story essay analysis assessment forecast estimate estimates index census research papers findings
    evidence ad ads advert advertisement spot commercial website page cable cables declaration manifesto
    platform plan proposal draft release prospectus certificate diary diaries ledger ledgers log logs
    spreadsheet slides presentation leaflet flyer brochure poster notice sign plaque inscription caption
    headline account accounts constitution charter code rules guidelines guidance policy calculations model
    models projections spreadsheets invoices receipts testimony submission dossier catalogue preface chapter
    clause section paragraph convention barometer roster rota bylaw file files register registers test tests calculation app notebook instruction
    instructions timetable song brief agenda read-out tip-off chargesheet meme flier fliers roll rolls
    mailer guidebook blurb picture pictures photograph photographs image images evaluation minute system
    software scan sample samples clip audio journal newsletter bulletin communique communiqué circular
    lease leases deed deeds decree motion resolution tally count experiment trial memoir memoirs manual manuals handbook textbook pamphlet
    subpoena deposition screenshot screenshots imagery correspondence accord pact protocol decision obituary
    citation excerpt excerpts dispatch scorecard whitepaper readings measurements results placard banner
    returns warrant blotter docket ordinance autopsy budget summary referendum map maps"""
)

MESSAGES = words(
    """statement remark remarks website site page editorial column article op-ed post tweet speech announcement release
    blog answer comment comments account message plan posting tweets posts statements"""
)
"""Documents through which somebody speaks: with an owner ("her website"), the owner is the source."""

ANAPHORS = words(
    """company firm group agency organization organisation body bank club team authority operator regulator ministry
    department union party government council court police army paper newspaper magazine report study survey poll
    document letter statement email website man woman boy girl official lawyer politician lawmaker player coach author
    candidate nominee winner leader president minister governor mayor senator spokesman judge doctor pair couple"""
)
"""Nouns so frequent that each is judged by itself: how often "the ..." of it is somebody mentioned before."""

POLLS = words("poll polls survey surveys polling census questionnaire")

GROUPS = words(
    """police people staff crew family public government opposition media press management industry community majority
    minority crowd team couple pair audience jury bench leadership electorate personnel clergy youth elderly cast entourage alumni prosecution defence defense
    population establishment gang mob peasantry nobility military"""
)
"""Singular in form, several in fact."""

COMPOUNDS = frozenset(
    ["coast guard", "national guard", "border guard", "home guard", "presidential guard", "revolutionary guard",
     "republican guard", "civil guard", "players body", "governing body"]
)  # fmt: skip
"""Bodies whose head noun alone would call a person."""

PLURAL_NOUNS = words("people police men women children media critics sources officials parents clergy sportsmen staff")

PERSON_NOUNS = words(
    """man woman boy girl person mother father brother sister son daughter husband wife widow widower uncle aunt cousin
    niece nephew grandmother grandfather friend neighbour neighbor colleague boss chief head chair guest
    host candidate nominee victim witness survivor patient student pupil teacher nurse doctor surgeon
    winger flanker wicketkeeper batter batsman bowler seamer spinner full-back fly-half scrum-half centre-back bride groom bridegroom fiance fiancee fiancé fiancée publican tradie jockey midwife postie cabbie physician scientist chemist historian official source aide spokesman spokeswoman spokesperson resident
    expert critic fan supporter volunteer member president minister governor senator mayor judge lawyer
    attorney officer captain coach player striker keeper goalkeeper defender midfielder farmer fisherman
    driver pilot sailor soldier veteran general colonel analyst economist author writer poet novelist
    journalist reporter columnist editor artist singer actor actress musician composer director producer
    engineer architect activist campaigner lawmaker politician diplomat ambassador envoy professor lecturer
    researcher scholar academic owner founder manager executive chairman businessman businesswoman
    billionaire entrepreneur investor trader broker shopkeeper butcher baker plumber electrician landlord
    tenant passenger passer-by bystander narrator interviewer interviewee presenter moderator speaker
    insider outsider republican democrat conservative liberal independent native hawk clerk guard guide
    warden ranger midwife pensioner teenager toddler youngster graduate apprentice worker employee
    contractor builder developer consultant adviser advisor strategist pollster mogul tycoon magnate heir
    star legend champion winner loser runner rider jockey parishioner priest pastor bishop nun monk imam
    rabbi accountant auditor dentist vet veterinarian pharmacist ornithologist caretaker janitor cleaner
    cook chef waiter waitress barista sous-chef soprano baritone laureate paramedic medic mechanic cleric trustee referee
    refugee retiree trainee detainee employee appointee attendee agent dissident correspondent parent participant
    contestant defendant claimant applicant complainant informant attendant merchant migrant immigrant servant
    operative relative steward bailiff cadet recruit scout ally rebel hostage fugitive suspect convict inmate cop
    voter homeowner firefighter bartender cashier librarian custodian realtor organizer organiser dispatcher sophomore
    freshman rancher lifeguard landscaper roofer planner surveyor hairdresser jailer
    commuter shopper tourist hiker protester protestor whistleblower"""
)

KIN = words(
    """mother father brother sister son daughter husband wife widow widower uncle aunt cousin niece nephew grandmother
    grandfather partner parents family friend colleague neighbour neighbor lawyer attorney"""
)

GENDERED_NOUNS: dict[str, str] = {
    **dict.fromkeys(
        words(
            """man boy father brother son husband widower uncle nephew grandfather businessman spokesman chairman congressman
            councilman actor king prince gentleman fisherman policeman salesman alderman assemblyman waiter monk grandson
            stepfather stepson stepbrother godfather fiancé boyfriend bridegroom dad grandad grandpa lad schoolboy landlord
            headmaster duke baron patriarch"""
        ),
        "m",
    ),
    **dict.fromkeys(
        words(
            """woman girl mother sister daughter wife widow aunt niece grandmother businesswoman spokeswoman chairwoman
            congresswoman councilwoman actress queen princess lady policewoman saleswoman alderwoman
            waitress nun midwife assemblywoman granddaughter stepmother stepdaughter stepsister godmother fiancée girlfriend
            bride mum mom grandma granny schoolgirl landlady headmistress duchess baroness countess matriarch heiress
            ballerina seamstress heroine"""
        ),
        "f",
    ),
}

GIVEN_NAMES: dict[str, str] = {
    **dict.fromkeys(
        words(
            """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
            donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey
            ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
            gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose henry adam douglas
            nathan peter zachary kyle walter harold jeremy ethan carl keith roger gerald christian terry
            sean arthur austin noah lawrence jesse joe bryan billy jordan albert dylan bruce willie gabriel
            alan juan logan wayne ralph roy eugene randy vincent russell louis philip bobby johnny bradley
            bernie ted marco chris bill jim tom mike dan ben sam bob steve tim jeff greg tony nick rick
            barack mitt ivan igor oleg sergei vladimir dmitry andrei mohammed muhammad ahmed ali omar hassan
            ibrahim mustafa yusuf carlos luis miguel pedro jorge antonio francisco manuel hans klaus jürgen
            wolfgang pierre jean jacques françois giovanni luca ian neil graham colin alistair hamish nigel
            simon rajesh sanjay amit ravi arjun kwame kofi tunde emeka chinedu hiroshi kenji takeshi wei
            ming lars erik olaf sven nils jan piotr tomasz"""
        ),
        "m",
    ),
    **dict.fromkeys(
        words(
            """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley
            kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon
            laura cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine
            christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce
            victoria ruth virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl
            jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean
            alice judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa
            diana brittany doris kayla alexis lori marie hillary carly melania ivanka chelsea kellyanne
            elena olga natalia svetlana iryna oksana tatiana ekaterina fatima aisha khadija mariam zainab
            leila carmen lucia rosa ana pilar dolores ingrid astrid sigrid birgit heidi ursula monika
            claudia francesca giulia fiona moira sheena catriona niamh siobhan priya anjali sunita lakshmi
            kavita meena amina ngozi chioma akosua yuki keiko naomi mei ling nikki angie nicola kirsty anne
            jane kate lucy sally wendy"""
        ),
        "f",
    ),
}
"""Frequent given names: a clue to gender and to a name being a person's, outweighed by what the article says."""

CAPITALS = words(
    """moscow kyiv kiev washington beijing london paris berlin brussels tehran jerusalem ankara tokyo seoul pyongyang
    delhi islamabad kabul baghdad damascus riyadh cairo tripoli khartoum nairobi pretoria abuja accra addis
    canberra ottawa mexico brasília brasilia bogotá caracas havana madrid rome lisbon athens warsaw prague
    budapest bucharest sofia belgrade zagreb sarajevo skopje tirana pristina vienna bern stockholm oslo
    copenhagen helsinki tallinn riga vilnius minsk chisinau tbilisi yerevan baku astana tashkent hanoi
    bangkok manila jakarta taipei dhaka colombo kathmandu dublin edinburgh cardiff belfast holyrood
    westminster downing kremlin pentagon capitol lima quito china russia ukraine iran israel turkey germany
    france britain japan india pakistan egypt syria iraq qatar poland hungary romania bulgaria serbia greece
    italy spain portugal ireland norway sweden finland denmark estonia latvia lithuania canada australia
    kenya nigeria ghana ethiopia sudan brazil argentina chile peru colombia venezuela cuba america europe
    scotland wales england taiwan korea vietnam thailand indonesia malaysia philippines singapore
    afghanistan libya tunisia algeria morocco senegal mali niger angola zambia zimbabwe uganda tanzania rwanda burundi
    somalia eritrea djibouti cameroon gabon togo benin botswana namibia mozambique malawi madagascar mauritius liberia
    yemen oman kuwait bahrain lebanon cyprus malta croatia slovenia slovakia austria switzerland belgium netherlands
    luxembourg iceland belarus moldova kosovo armenia azerbaijan kazakhstan uzbekistan turkmenistan kyrgyzstan tajikistan
    mongolia nepal bhutan bangladesh myanmar burma laos cambodia brunei fiji samoa tonga vanuatu ecuador bolivia paraguay
    uruguay guyana suriname panama nicaragua honduras guatemala haiti jamaica barbados kampala kigali dodoma lusaka
    harare gaborone windhoek maputo lilongwe luanda kinshasa bamako dakar niamey ouagadougou abidjan conakry freetown
    monrovia yaoundé libreville tunis algiers rabat sanaa muscat doha amman beirut nicosia valletta ljubljana bratislava
    reykjavik reykjavík podgorica dushanbe bishkek ashgabat ulaanbaatar thimphu naypyidaw vientiane wellington suva
    montevideo asunción managua tegucigalpa malacañang élysée elysée elysee bundestag duma knesset whitehall stormont"""
)
"""Places that speak for the government or body that sits there."""

SEATS = frozenset(
    [
        "abu dhabi",
        "addis ababa",
        "buenos aires",
        "burkina faso",
        "costa rica",
        "downing street",
        "el salvador",
        "hong kong",
        "kuala lumpur",
        "new delhi",
        "new zealand",
        "north korea",
        "phnom penh",
        "port louis",
        "port moresby",
        "san salvador",
        "saudi arabia",
        "sierra leone",
        "south africa",
        "south korea",
        "south sudan",
        "sri lanka",
        "tel aviv",
    ]
)
"""The same, of two words."""

DEMONYMS = words(
    """dutch french greek swiss thai czech turk polish danish finnish swedish welsh scottish irish english scots brit
    catholic christian protestant muslim jewish hindu sikh buddhist islamic orthodox arab kurdish israeli iraqi pakistani
    bangladeshi afghan german american european african asian latina latino hispanic black white democrat republican
    tory sami sámi maori māori thanksgiving christmas easter ramadan diwali eid passover halloween"""
)
"""Adjectives of nations and faiths, and feasts: capitalised, and nobody's name."""

NATIONALITIES = words(
    """afghan albanian algerian american argentine argentinian armenian australian austrian azerbaijani bangladeshi
    belarusian belgian bolivian bosnian brazilian british bulgarian cambodian canadian chilean chinese colombian croatian
    cuban cypriot czech danish dutch egyptian english estonian ethiopian filipino finnish french georgian german ghanaian
    greek haitian hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jordanian
    kazakh kenyan korean kuwaiti latvian lebanese libyan lithuanian malaysian mexican moldovan mongolian moroccan
    nepalese nigerian norwegian pakistani palestinian peruvian philippine polish portuguese qatari romanian russian
    saudi scottish senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese
    tanzanian thai tunisian turkish ugandan ukrainian venezuelan vietnamese welsh yemeni zambian zimbabwean"""
)
"""Adjectives of nations, which tell bodies of the same name apart."""

NATIONALS = words(
    """spaniard briton swede dane finn pole turk scot croat serb slovak czech dutchman dutchwoman englishman englishwoman
    argentine cypriot icelander filipino filipina kiwi aussie ulsterman yorkshireman yorkshirewoman cornishman manxman
    londoner dubliner glaswegian liverpudlian mancunian geordie frenchman frenchwoman irishman irishwoman scotsman scotswoman welshman welshwoman"""
) | {n for n in NATIONALITIES if n.endswith(("an", "ese", "i"))}
"""What somebody of a nation is called: "said the Italian"."""

KNOWN_BODIES = words(
    """reuters xinhua interfax kyodo yonhap anadolu bloomberg hamas hezbollah fatah taliban siemens emirates barclays
    lloyds forbes starbucks"""
)
"""Single names of bodies that look like surnames or plurals."""

PLACE_STARTS = words(
    "new north south east west northern southern eastern western central san santa los las fort mount lake port cape upper lower"
)

SUFFIXES = words("jr sr ii iii iv")
POSTNOMINALS = words("kc qc sc mp mla mep msp td phd md obe mbe cbe esq")

_VERBS = [
    "say",
    "tell",
    "add",
    "ask",
    "write",
    "tweet",
    "reply",
    "argue",
    "insist",
    "note",
    "warn",
    "explain",
    "recall",
    "continue",
    "announce",
    "claim",
    "believe",
    "think",
    "conclude",
    "admit",
    "declare",
    "remark",
    "call",
    "state",
    "stress",
    "suggest",
    "predict",
    "promise",
    "deny",
    "report",
    "agree",
    "respond",
    "acknowledge",
    "describe",
    "maintain",
    "assert",
    "contend",
    "caution",
    "complain",
    "concede",
    "confirm",
    "demand",
    "urge",
    "hope",
    "fear",
    "estimate",
    "emphasize",
    "emphasise",
    "joke",
    "quip",
    "observe",
    "comment",
    "vow",
    "pledge",
    "allege",
    "accuse",
    "criticize",
    "criticise",
    "blame",
    "praise",
    "expect",
    "reckon",
    "testify",
    "counter",
    "retort",
    "murmur",
    "whisper",
    "shout",
    "mutter",
    "sigh",
    "growl",
    "grumble",
    "snap",
    "laugh",
    "reveal",
    "disclose",
    "reiterate",
    "repeat",
    "point",
    "boast",
    "lament",
    "advise",
    "recommend",
    "propose",
]
_PAST = ["said", "told", "wrote", "thought", "found", "felt", "knew", "put", "swore", "held"]
SPEECH = frozenset(
    [
        *(
            v.removesuffix("e") + end
            for v in _VERBS
            for end in (("e", "es", "ed") if v.endswith("e") else ("", "s", "ed"))
        ),
        *(v.removesuffix("y") + end for v in _VERBS if v.endswith("y") and v != "say" for end in ("ies", "ied")),
        *_PAST,
    ]
)
"""Verbs that a person or body does just beside its name."""

SAID = words(
    """said says told tells added adds wrote writes tweeted replied argued argues insisted insists noted warned warns explained
    explains recalled recalls announced announces claimed believes believed thinks concluded concludes admitted admits
    declared suggested suggests predicted predicts promised denied denies agreed agrees disagreed disagrees acknowledged
    acknowledges maintained maintains contended contends cautioned complained complains conceded concedes confirmed confirms
    urged feared criticized criticised accused alleged alleges testified asserted asserts remarked observed commented vowed
    pledged reiterated stressed emphasized emphasised boasted lamented advised recommended proposed thought replies joked
    quipped responded asked asks disputed disputes rejected rejects doubted doubts countered rebutted refuted protested hinted hints
    reckoned reckons hopes fears expects welcomed dismissed dismisses demanded"""
)
"""Forms of such verbs that are nothing else, for sentences without a cue."""
