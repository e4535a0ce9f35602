/**
 * First names that are common in Spain, Mexico, Argentina, Colombia and Peru, folded. "para Mónica" names a
 * person whoever is in the project, "para Acme" does not; a name that nobody bears is asked about.
 */
export const givenNames = new Set(
  `aaron abel abigail abner adela adelaida adolfo adrian adriana agnes agustin agustina ainara ainhoa aitor alan alba
albeiro alberto alcides aldair aldo alejandra alejandro alex alexa alexander alexandra alexis alfonsina alfonso
alfredo alicia alina alirio alma alonso altagracia alvaro amador amaia amalia amanda amelia amira amparo ana anabel
anahi analia andoni andrea andreina andres anel angel angela angelica anibal annie anselmo antonia antonio apolonia
araceli arely ariel aristides arlet armando arnulfo arturo asuncion augusto aurelio aurora axel azucena barbara
bartolo bartolome bastian beatriz belen benito benjamin bernardo berta beto betty bibiana blanca braulio brayan brenda
bruno camila camilo candela candelaria caridad carina carla carlos carlota carmen carolina casandra casimiro catalina
cecilia celeste celia celina cesar cesareo chabela charo cielo cintia cira citlali clara clarisa claudia claudio
clemente cleotilde concepcion constanza consuelo coral cornelio crisanto cristian cristina cristobal cruz dalia damian
daniel daniela danilo danna dario david dayana debora deisy delfina delia demetrio denis derek deyanira diana diego
dilan dina dolores domingo doroteo dulce duvan edelmira edelmiro edgar edith eduarda eduardo edwin efrain efren eider
eleazar elena elias elisa elizabeth elmer eloisa eloy elsa elvira emely emerson emilia emiliano emilio emma emmanuel
encarnacion enrique enzo erica erik erika ermelinda ernesto esteban estefania estela esther estrella euclides eugenia
eugenio eulalia eusebio eva evaristo evelyn ezequiel fabian fabiola facunda facundo fatima faustino fausto federico
felipe felix fermin fermina fernanda fernando fidel fiorella flavia flavio flor florencia fortunato franca francisca
francisco franco froilan fulgencio gabino gabriel gabriela gaston genaro genesis geovanny gerardo german gerson
giancarlo gianella gilberto gilda gimena giovanni gisela gladys gloria gonzalo graciela gregorio greta gricelda grisel
guadalupe guillermo gustavo haydee hector heidi helena heriberto hermelinda hermes herminia hernan hilario hilda
horacio hortensia hugo humberto iban ibeth idoia ignacia ignacio iker ileana imelda inaki indira ines inmaculada irene
irineo iris irma isaac isabel isabela isaias isaura isidora isidro ismael itziar ivan ivanna ivonne jacinto jacqueline
jader jaime jair jaqueline javier jazmin jeferson jennifer jenny jeremias jeronimo jerson jesica jessica jesus jesusa
jhon jhonatan jimena jimmy joana joaquin jocelyn joel johana jon jonathan jordan jordi jorge jose josefa josefina
josue juan juana juanjo judith julia julian juliana julieta julio julissa justina justo karen karina karla keila kenia
kevin kiara krystel laila lara laura lautaro lazaro leandro leidy leila leire leonardo leonel leonela leonidas leonor
leopoldo leticia leyla liam libia lidia ligia lilia liliam liliana lina lino lisandro lisbeth lizeth lola lorena
lorenzo loreto lourdes lucas lucero lucia luciana luciano lucrecia luis luisa luna luz mabel macarena macario
magdalena maicol maira maite malena manuel manuela marcela marcelino marcelo marcial marco marcos margarita maria
mariajose mariana mariangel mariano maribel maricela marilyn marina mario marisa marisol marlene marleny marlon marta
martin martina maryori mateo matias matilde maura mauricio mauro maximiliano maximo mayra melanie melany melba melisa
mercedes mercy meritxell micaela miguel milagros milena milton mireia mirella miriam mirna mirtha modesto moises
monica montserrat naara nadia nahuel naiara natalia natividad nayeli neftali neida nelly nelson nerea nereida nestor
nicolas nicolle nidia nieves nilda noe noel noelia noemi nora norma nubia nuria octavio odalis ofelia olegario olga
oliver olivia omaira omar orlando oscar osvaldo otilia otto pablo paloma pamela pancracio paola paolo paquita pascual
patricia patricio paula paulina pedro perla petrona piedad pilar plinio policarpo porfirio prudencio quintin rafael
ramiro ramon ramona raquel raul rebeca regina reinaldo remedios renata rene renzo reynaldo ricardo rigoberto rita
roberto robinson rocio rodolfa rodolfo rodrigo rogelio roman romeo romina romualdo ronald ronaldo roque rosa rosalba
rosalia rosario rosaura roselia rosendo rosmery roxana ruben ruperto ruth sabina sabrina salome salvador samanta
samira samuel sandra sandro santiago santino santos sara sarai saturnino saul sebastian segundo selene serafin sergio
servando severo shakira sheila shirley silvana silvestre silvia silvina simon sofia sol soledad sonia stefany stella
susana susy tadeo talia tamara tatiana telmo teo teodoro teresa thiago tiago tobias tomas tomasa toribio trinidad
ulises unai urbano uriel valentin valentina valentino valeria valerio vanesa vanina veronica vicenta vicente victor
victoria vilma violeta virginia viridiana viviana vladimir walter wanda wendy wilfredo wilfrido william wilmer wilson
xavier ximena xiomara yadira yago yamila yamile yaneth yanina yeison yenifer yenny yesenia yessica yolanda yolima
yordan yuli yuliana yurany zaida zoe zoila zulema zulma`.split(/\s+/),
);
