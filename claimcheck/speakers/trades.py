"""Words for what somebody does that no list of titles has, and words that only look like them."""

from __future__ import annotations

from claimcheck.speakers.lexicon import words

TRADES = words(
    """archivist astronomer banker barman beekeeper biologist blogger botanist boxer bricklayer broadcaster burglar
    cameraman choreographer cinematographer climber columnist commentator conductor cosmonaut astronaut cricketer
    curator customer cyclist dancer demonstrator diver drummer ecologist filmmaker fishmonger florist footballer
    gardener geologist golfer grocer guitarist gymnast hairdresser headmaster headmistress headteacher hiker
    illustrator influencer jeweller jogger juror labourer laborer landlady lifeguard lobbyist missionary motorist
    neurologist notary oncologist optician orphan paediatrician pediatrician philanthropist photographer physicist
    physiotherapist pianist playwright podcaster policeman policewoman programmer psychiatrist psychologist
    publisher rapper retailer screenwriter sculptor shopper skater skier sociologist songwriter sprinter
    statistician swimmer therapist trainer tutor umpire undertaker villager violinist vlogger welder wrestler
    zoologist"""
)
"""What somebody does, in words that are hardly ever names: a capital at the beginning of a sentence is no part of the name after it."""

THINGS = words(
    """whether matter water power press rather process together access newspaper border address offer quarter server
    floor consider center centre cover remember super whatever favor favour exist counter error river murder
    chamber computer enter weather prefer behavior behaviour lever terror progress cancer corner danger whoever
    whenever wherever however deliver sector factor corridor disaster insist helicopter honor honour manner
    altogether meter metre litre liter gather transfer silver express assist color colour shelter butter wonder
    discover drawer dress fever assess barrier mirror refer interior exterior tanker reindeer forever theater
    theatre recover differ generator laughter horror finger trigger sticker remainder distress sanitiser sanitizer
    whatsoever rubber render median latter bother merger alter filibuster shoulder tractor twist copper empower
    cheer cyber takeover encounter refrigerator motor liver flower congress turnover boiler tower timber surrender
    temper stress trailer leather extinguisher elevator glacier resist bolster epicenter epicentre persist disorder
    powder scanner metaphor layer radiator wrist supper dinner breakfast laser humor humour indicator whisper deter
    hammer ladder possess underwater sensor container scooter loudspeaker transponder mattress kroner winter summer
    number answer order anger hunger shower chapter paper folder register calendar cluster parameter diameter
    perimeter thermometer poster banner letter manifesto semester trimester easier tougher tighter simpler stricter
    quicker thicker clearer whiter newer narrower shorter sooner longer wider greater harder lesser broader cheaper
    deeper faster prior avian transgender compress suppress wilderness"""
)
"""Words of every kind that only end as trades do: nouns for things, comparatives, verbs."""
