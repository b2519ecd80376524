package redact

// checks are the check digits and other rules of the kinds in rules/identifiers.json, by name. Each takes the letters
// (capitals) and digits of a value, without separators; its kind names the document that it follows.
var checks = map[string]func(v []byte) bool{
	"ssn": checkSSN, "itin": checkITIN, "ein": checkEIN, "mbi": checkMBI, "npi": checkNPI, "nino": checkNINO,
	"nhs": checkNHS, "utr": checkUTR, "luhn": luhnValid, "siren": checkSIREN, "tfn": checkTFN, "abn": checkABN,
	"medicare": checkMedicare, "aadhaar": checkAadhaar, "pan": checkPAN, "gstin": checkGSTIN, "steuerid": checkSteuerID,
	"perso": checkPerso, "svnr": checkSVNR, "kvnr": checkKVNR, "nir": checkNIR, "dni": checkDNI, "nie": checkNIE,
	"cif": checkCIF, "nuss": checkNUSS, "cf": checkCodiceFiscale, "bsn": checkBSN, "rijks": checkRijksregister,
	"pesel": checkPESEL, "nip": checkNIP, "personnummer": checkPersonnummer, "hetu": checkHetu, "cpr": checkCPR,
	"fnr": checkFodselsnummer, "cpf": checkCPF, "cnpj": checkCNPJ, "curp": checkCURP, "rfc": checkRFC,
	"nric": checkNRIC, "rrn": checkRRN, "mynumber": checkMyNumber, "ahv": checkAHV, "cnid": checkCNID, "aba": checkABA,
	"vin": checkVIN, "bic": checkBIC, "hex": checkHex,
}

func num(v []byte) int {
	n := 0
	for _, c := range v {
		n = n*10 + int(c-'0')
	}
	return n
}

// weighted is the sum of the first digits of v times their weights.
func weighted(v []byte, weights ...int) int {
	sum := 0
	for k, w := range weights {
		sum += w * int(v[k]-'0')
	}
	return sum
}

func allDigits(v []byte) bool {
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// oneDigit tells whether all of v is the same digit, which no office assigns and many checks let pass.
func oneDigit(v []byte) bool {
	for _, c := range v {
		if c != v[0] {
			return false
		}
	}
	return true
}

// dayMonth tells whether a day and a month can stand in a date.
func dayMonth(day, month int) bool { return day >= 1 && day <= 31 && month >= 1 && month <= 12 }

func luhnValid(v []byte) bool {
	sum := 0
	for k := range v {
		c := v[len(v)-1-k]
		if c < '0' || c > '9' {
			continue
		}
		d := int(c - '0')
		if k%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func checkSSN(v []byte) bool {
	area := num(v[:3])
	return area != 0 && area != 666 && area < 900 && num(v[3:5]) != 0 && num(v[5:]) != 0
}

func checkITIN(v []byte) bool {
	g := num(v[3:5])
	return v[0] == '9' && (g >= 50 && g <= 65 || g >= 70 && g <= 88 || g >= 90 && g <= 92 || g >= 94)
}

func checkEIN(v []byte) bool {
	switch num(v[:2]) {
	case 0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97:
		return false
	}
	return true
}

// checkMBI follows the pattern of digits and letters: S, L, O, I, B and Z are not used.
func checkMBI(v []byte) bool {
	for _, c := range v {
		switch c {
		case 'S', 'L', 'O', 'I', 'B', 'Z':
			return false
		}
	}
	return v[0] != '0'
}

func checkNPI(v []byte) bool {
	return luhnValid(append([]byte("80840"), v...)) && (v[0] == '1' || v[0] == '2')
}

func checkNINO(v []byte) bool {
	for _, c := range v[:2] {
		switch c {
		case 'D', 'F', 'I', 'Q', 'U', 'V':
			return false
		}
	}
	switch string(v[:2]) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return v[1] != 'O' && v[8] <= 'D'
}

func checkNHS(v []byte) bool {
	return (weighted(v, 10, 9, 8, 7, 6, 5, 4, 3, 2)+int(v[9]-'0'))%11 == 0 && !oneDigit(v)
}

func checkUTR(v []byte) bool {
	return "21987654321"[weighted(v[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11] == v[0]
}

// checkSIREN takes a SIREN or a SIRET; the post office's SIRETs follow another rule and are not told.
func checkSIREN(v []byte) bool { return luhnValid(v) && luhnValid(v[:9]) }

func checkTFN(v []byte) bool { return weighted(v, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 && !oneDigit(v) }

func checkABN(v []byte) bool {
	return v[0] > '0' && (weighted(v, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

func checkMedicare(v []byte) bool {
	return v[0] >= '2' && v[0] <= '6' && weighted(v, 1, 3, 7, 9, 1, 3, 7, 9)%10 == int(v[8]-'0')
}

// verhoeffProduct and verhoeffPermutation are the dihedral group D5 and the permutation of Verhoeff's code.
var (
	verhoeffProduct = [10]string{
		"0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
		"5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
	}
	verhoeffPermutation = [8]string{
		"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
	}
)

func checkAadhaar(v []byte) bool {
	c := 0
	for k := range v {
		p := verhoeffPermutation[k%8][v[len(v)-1-k]-'0'] - '0'
		c = int(verhoeffProduct[c][p] - '0')
	}
	return c == 0 && v[0] >= '2'
}

// checkPAN: the fourth letter is the kind of holder.
func checkPAN(v []byte) bool {
	switch v[3] {
	case 'A', 'B', 'C', 'F', 'G', 'H', 'J', 'L', 'P', 'T':
		return true
	}
	return false
}

func base36(c byte) int {
	if c <= '9' {
		return int(c - '0')
	}
	return int(c-'A') + 10
}

func checkGSTIN(v []byte) bool {
	sum := 0
	for k := range 14 {
		p := base36(v[k]) * (1 + k%2)
		sum += p/36 + p%36
	}
	return (36-sum%36)%36 == base36(v[14]) && v[13] == 'Z'
}

// iso7064 is the pure system MOD 11,10 of ISO/IEC 7064.
func iso7064(v []byte) bool {
	p := 10
	for _, c := range v[:len(v)-1] {
		s := (int(c-'0') + p) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return (11-p)%10 == int(v[len(v)-1]-'0')
}

// checkSteuerID: among the first ten digits one stands twice or three times, and at least one is missing.
func checkSteuerID(v []byte) bool {
	var count [10]int
	most := 0
	for _, c := range v[:10] {
		count[c-'0']++
		most = max(most, count[c-'0'])
	}
	return v[0] != '0' && (most == 2 || most == 3) && iso7064(v)
}

// checkPerso is the check digit of ICAO Doc 9303 over the first nine characters; without it, the letters that Germany
// does not use.
func checkPerso(v []byte) bool {
	sum, digits := 0, 0
	for k, c := range v[:9] {
		sum += base36(c) * [3]int{7, 3, 1}[k%3]
		switch {
		case c <= '9':
			digits++
		case c == 'A' || c == 'B' || c == 'D' || c == 'E' || c == 'I' || c == 'O' || c == 'Q' || c == 'S' || c == 'U':
			return false
		}
	}
	return digits > 2 && (len(v) == 9 || sum%10 == int(v[9]-'0'))
}

func checkSVNR(v []byte) bool {
	letter := int(v[8]-'A') + 1
	d := [12]int{}
	for k := range 8 {
		d[k] = int(v[k] - '0')
	}
	d[8], d[9], d[10], d[11] = letter/10, letter%10, int(v[9]-'0'), int(v[10]-'0')
	sum := 0
	for k, w := range [12]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		p := d[k] * w
		sum += p/10 + p%10
	}
	return sum%10 == int(v[11]-'0') && dayMonth((num(v[2:4])-1)%50+1, num(v[4:6]))
}

func checkKVNR(v []byte) bool {
	letter := int(v[0]-'A') + 1
	sum := 0
	for k := range 10 {
		var d int
		switch k {
		case 0:
			d = letter / 10
		case 1:
			d = letter % 10
		default:
			d = int(v[k-1] - '0')
		}
		if k%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == int(v[9]-'0')
}

// checkNIR: sex, year, month (or 20 and more where it is not known), department, commune, order, key.
func checkNIR(v []byte) bool {
	month := num(v[3:5])
	if v[0] != '1' && v[0] != '2' && v[0] != '7' && v[0] != '8' || month == 0 || month > 12 && month < 20 || month > 42 && month < 50 {
		return false
	}
	n := 0
	for k, c := range v[:13] {
		if c > '9' {
			if k != 6 || v[5] != '2' || c != 'A' && c != 'B' {
				return false
			}
			c = '9' - (c - 'A') // 2A is 19, 2B is 18
		}
		n = n*10 + int(c-'0')
	}
	if v[6] > '9' {
		n -= 1e7 // the 2 of 2A and 2B is a 1
	}
	return len(v) == 13 || 97-n%97 == num(v[13:])
}

const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE"

func checkDNI(v []byte) bool { return dniLetters[num(v[:8])%23] == v[8] }

func checkNIE(v []byte) bool {
	return v[0] >= 'X' && v[0] <= 'Z' && dniLetters[(int(v[0]-'X')*1e7+num(v[1:8]))%23] == v[8]
}

func checkCIF(v []byte) bool {
	sum := 0
	for k, c := range v[1:8] {
		d := int(c - '0')
		if k%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	control := (10 - sum%10) % 10
	return v[8] == byte('0'+control) || v[8] == "JABCDEFGHI"[control]
}

func checkNUSS(v []byte) bool {
	n := num(v[2:10])
	if n < 1e7 {
		n += num(v[:2]) * 1e7
	} else {
		n += num(v[:2]) * 1e8
	}
	return n%97 == num(v[10:])
}

// codiceOdd is what a character at an odd place (from 1) of a codice fiscale counts: first digits, then letters; a digit
// and the letter of the same number count the same.
var codiceOdd = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

func checkCodiceFiscale(v []byte) bool {
	sum := 0
	for k, c := range v[:15] {
		n := int(c - '0')
		if c > '9' {
			n = int(c - 'A')
		}
		if k%2 == 0 {
			n = codiceOdd[n]
		}
		sum += n
	}
	switch v[8] {
	case 'A', 'B', 'C', 'D', 'E', 'H', 'L', 'M', 'P', 'R', 'S', 'T':
		return byte('A'+sum%26) == v[15]
	}
	return false
}

func checkBSN(v []byte) bool { return weighted(v, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 && !oneDigit(v) }

// checkRijksregister: those born from 2000 on have a 2 before their number for the check.
func checkRijksregister(v []byte) bool {
	n, key := num(v[:9]), num(v[9:])
	return (97-n%97 == key || 97-(n+2e9)%97 == key) && num(v[2:4])%20 <= 12 && num(v[4:6]) <= 31
}

func checkPESEL(v []byte) bool {
	return weighted(v, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0 && dayMonth(num(v[4:6]), num(v[2:4])%20)
}

func checkNIP(v []byte) bool {
	return weighted(v, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == int(v[9]-'0') && !oneDigit(v)
}

// checkPersonnummer: the day plus 60 is a coordination number; a month of 20 and more is an organisation.
func checkPersonnummer(v []byte) bool {
	v = v[len(v)-10:]
	return luhnValid(v) && (dayMonth((num(v[4:6])-1)%60+1, num(v[2:4])) || num(v[2:4]) >= 20)
}

// checkHetu takes the eleven characters with or without the sign of the century; "-" and "+" are not among them.
func checkHetu(v []byte) bool {
	if !dayMonth(num(v[:2]), num(v[2:4])) {
		return false
	}
	rest := v[6:]
	if len(v) == 11 {
		if c := v[6]; c > 'F' && c < 'U' || c > 'Y' {
			return false
		}
		rest = v[7:]
	}
	return allDigits(rest[:3]) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[(num(v[:6])*1000+num(rest[:3]))%31] == rest[3]
}

// checkCPR: the modulus holds for numbers given up to 2007 only, so without a label a later one is not told.
func checkCPR(v []byte) bool {
	return weighted(v, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 && dayMonth(num(v[:2]), num(v[2:4]))
}

// checkFodselsnummer: the day plus 40 is a D number, the month plus 40 or 80 a test number.
func checkFodselsnummer(v []byte) bool {
	return (weighted(v, 3, 7, 6, 1, 8, 9, 4, 5, 2)+int(v[9]-'0'))%11 == 0 &&
		(weighted(v, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)+int(v[10]-'0'))%11 == 0 && dayMonth(num(v[:2])%40, num(v[2:4])%40)
}

// mod11Digit is 11 minus the sum modulo 11, where 10 and 11 are 0.
func mod11Digit(sum int) byte {
	if sum%11 < 2 {
		return '0'
	}
	return byte('0' + 11 - sum%11)
}

func checkCPF(v []byte) bool {
	return mod11Digit(weighted(v, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == v[9] &&
		mod11Digit(weighted(v, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == v[10] && !oneDigit(v)
}

func checkCNPJ(v []byte) bool {
	return mod11Digit(weighted(v, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == v[12] &&
		mod11Digit(weighted(v, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == v[13] && !oneDigit(v)
}

// checkCURP: letters count from 10 on, those after N one more because of Ñ.
func checkCURP(v []byte) bool {
	sum := 0
	for k, c := range v[:17] {
		n := base36(c)
		if c > 'N' {
			n++
		}
		sum += n * (18 - k)
	}
	return int(v[17]-'0') == (10-sum%10)%10 && dayMonth(num(v[8:10]), num(v[6:8])) && (v[10] == 'H' || v[10] == 'M' || v[10] == 'X')
}

// checkRFC takes the twelve characters of a company or the thirteen of a person.
func checkRFC(v []byte) bool {
	head := len(v) - 9
	if !dayMonth(num(v[head+4:head+6]), num(v[head+2:head+4])) {
		return false
	}
	sum := 0
	if head == 3 {
		sum = 37 * 13 // the blank before a company
	}
	for k, c := range v[:len(v)-1] {
		n := base36(c)
		if c > 'N' {
			n++
		}
		sum += n * (len(v) - k)
	}
	return "0A987654321"[sum%11] == v[len(v)-1]
}

func checkNRIC(v []byte) bool {
	sum := weighted(v[1:], 2, 7, 6, 5, 4, 3, 2)
	switch v[0] {
	case 'S':
		return "JZIHGFEDCBA"[sum%11] == v[8]
	case 'T':
		return "JZIHGFEDCBA"[(sum+4)%11] == v[8]
	case 'F':
		return "XWUTRQPNMLK"[sum%11] == v[8]
	case 'G':
		return "XWUTRQPNMLK"[(sum+4)%11] == v[8]
	case 'M':
		return "KLJNPQRTUWX"[10-(sum+3)%11] == v[8]
	}
	return false
}

// checkRRN: the last digit is no check any more for numbers given from October 2020 on, so date and sex decide.
func checkRRN(v []byte) bool { return dayMonth(num(v[4:6]), num(v[2:4])) && !oneDigit(v) }

func checkMyNumber(v []byte) bool {
	return mod11Digit(weighted(v, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) == v[11] && !oneDigit(v)
}

func checkAHV(v []byte) bool {
	return num(v[:3]) == 756 && weighted(v, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}

func checkCNID(v []byte) bool {
	return "10X98765432"[weighted(v, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == v[17] &&
		dayMonth(num(v[12:14]), num(v[10:12]))
}

func checkABA(v []byte) bool {
	return len(v) != 9 || !allDigits(v) || weighted(v, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0
}

// checkVIN is the check digit of North America; other makers put anything in its place.
func checkVIN(v []byte) bool {
	const values = "12345678012345070923456789" // A to Z; I, O and Q are not used
	sum, letters := 0, 0
	for k, c := range v {
		n := int(c - '0')
		if c > '9' {
			if c == 'I' || c == 'O' || c == 'Q' {
				return false
			}
			n = int(values[c-'A'] - '0')
			letters++
		}
		sum += n * [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2}[k]
	}
	return letters > 1 && "0123456789X"[sum%11] == v[8]
}

func checkBIC(v []byte) bool { return v[4] > '9' && v[5] > '9' }

// checkHex: hexadecimal digits, of which some are digits.
func checkHex(v []byte) bool {
	digits := 0
	for _, c := range v {
		if c > 'F' {
			return false
		}
		if c <= '9' {
			digits++
		}
	}
	return digits > 0
}
