package pagetext

// What the pages are made of.
var (
	shops     = []string{"Nordhaus", "Bright & Field", "Greenline Outfitters", "Kettle and Co", "Ostro Home"}
	sections  = []string{"Furniture", "Chairs", "Lighting", "Garden", "Kitchen", "Textiles", "Storage", "Outdoor", "Sale", "New in", "Gift ideas", "Kids", "Electronics", "Sports & leisure"}
	brands    = []string{"Nordic", "Alder", "Fjell", "Brixton", "Luma", "Kestrel", "Oakline", "Tavira", "Hugo Boss", "Calvin Klein", "Dr. Martens"}
	materials = []string{"Oak", "Ash", "Steel", "Linen", "Wool", "Bamboo", "Recycled cotton", "Walnut", "Solid pine", "Rattan"}
	things    = []string{"dining chair", "bench", "stool", "shelf", "lamp", "side table", "cushion, set of 2", "rug", "bed frame", "jacket", "boots", "water bottle"}
	colors    = []string{"natural", "black", "white", "light grey", "dark green", "sand", "midnight blue"}
	prices    = []string{"$%d.%02d", "€%d.%02d", "£%d.%02d", "%d,%02d €", "USD %d.%02d"}
	labels    = []string{"Add to cart", "Free shipping", "Only a few left", "Compare", "Add to wish list", "Best seller", "Sponsored", "Quick view", "Back in stock soon"}
	codes     = []string{"SKU", "REF", "MX", "AB", "KLM", "Q"}
	months    = []string{"January", "March", "April", "June", "August", "October", "November"}
	titles    = []string{"Exactly what I was looking for", "Good, but the screws are short", "Would buy again", "Not as pictured", "Great value", "Sturdy and simple"}
	fields    = []string{"First name", "Last name", "Email", "Phone number", "Street address", "City", "Postal code", "Country", "Company (optional)", "Coupon code", "Card number", "Expiry date"}
	links     = []string{"About us", "Careers", "Contact", "Returns", "Shipping", "Size guide", "Track your order", "Gift cards", "Privacy policy", "Terms of use", "Cookie settings", "Store finder", "Accessibility", "Sitemap", "Newsletter"}
	firsts    = []string{"Maria", "James", "Anna", "Robert", "Elena", "David", "Sofia", "Thomas"}
	lasts     = []string{"Johnson", "Miller", "Schmidt", "Garcia", "Nowak", "Rossi", "Larsen"}
	sentences = []string{
		"The frame is made of solid wood from well-managed forests and finished with a water-based lacquer.",
		"It fits under most windows, and the drawers run on rails that close softly.",
		"Wipe clean with a damp cloth; do not use abrasive cleaners.",
		"Assembly takes about 20 minutes and all tools are included.",
		"If you change your mind, you can return it within 30 days in its original packaging, no questions asked.",
		"Delivered flat packed in one box. Tested for 110 kg.",
		"Choose a time that suits you when you check out, and the driver will let you know an hour before.",
		"Designed in our studio in Malmö, where we have been building furniture since 1974.",
		"The cover is removable and can be washed at 40°C, tumble dry low.",
		"Please note that colours may look slightly different on your screen.",
	}
	opinions = []string{
		"The chairs are sturdy and look great around our table.",
		"I was worried about the size at first, but it is perfect for a small kitchen.",
		"One leg was scratched, and customer service sent another one at once.",
		"We have had it for six months now and it has held up better than I expected.",
		"The colour is warmer than in the pictures, which I like.",
		"My only complaint is that the drawings are hard to read!",
		"It took me ten minutes to put together.",
		"Would not recommend it for outdoor use: the varnish came off after the first winter.",
		"My husband uses it every day and doesn't want to give it back.",
		"Shipping was quick, although the box had a dent.",
	}
)
