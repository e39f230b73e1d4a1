/* The operations: one row each. A new one is a struct in inputs.h, its fields and its row here, its check and apply in ops_*.c. */
#include "app/ops_impl.h"
#include "app/reorg_text.h"

#include <string.h>

#define MEMBER(S, m, T) \
	(offsetof(S, m) + 0 * sizeof(struct { \
		_Static_assert(__builtin_types_compatible_p(__typeof__(((S *)0)->m), T), #S "." #m " is not " #T); \
		int unused; \
	}))

#define F_TEXT(S, m, req, most, ...) { #m, FIELD_TEXT, MEMBER(S, m, const char *), .required = req, .max = most, __VA_ARGS__ }
#define F_INT(S, m, req, most, ...) { #m, FIELD_INT, MEMBER(S, m, int64_t), .required = req, .max = most, __VA_ARGS__ }
#define F_MILLI(S, m, req, ...) { #m, FIELD_MILLI, MEMBER(S, m, int64_t), .required = req, __VA_ARGS__ }
#define F_BOOL(S, m, req, ...) { #m, FIELD_BOOL, MEMBER(S, m, int64_t), .required = req, __VA_ARGS__ }
#define F_DAY(S, m, req, ...) { #m, FIELD_DAY, MEMBER(S, m, struct day), .required = req, __VA_ARGS__ }
#define F_PERIOD(S, m, req, ...) { #m, FIELD_PERIOD, MEMBER(S, m, struct period), .required = req, __VA_ARGS__ }
#define F_UNIT(S, m, req, ...) { #m, FIELD_UNIT, MEMBER(S, m, const char *), .required = req, __VA_ARGS__ }
#define F_PERSON(S, m, req, ...) { #m, FIELD_PERSON, MEMBER(S, m, int64_t), .required = req, __VA_ARGS__ }
#define F_CODE(S, m, req, table, ...) { #m, FIELD_CODE, MEMBER(S, m, const char *), .required = req, .codes = table, __VA_ARGS__ }
#define NAMES(vi_, en_, also_) .vi = vi_, .en = en_, .also = also_

enum { REQUIRED = true, OPTIONAL = false };
enum { CODE_MAX = 32, TITLE_MAX = 200, PERSON_NAME_MAX = 100, PAPER_MAX = 64, WORD_MAX = 32, VALUE_MAX = 200, NOTE_MAX = 200,
	LOGIN_MAX = 32, VOTES_MAX = 100000, YEAR_MAX = 2198, DAYS_MAX = 1000, AMOUNT_MAX = 1000, KEY_MAX = 64 };

#define PAPER(S) \
	F_TEXT(S, paper_no, OPTIONAL, PAPER_MAX, NAMES("Số văn bản", "Paper number", "Số QĐ|Số quyết định|Số nghị quyết|Số NQ")), \
	F_DAY(S, paper_on, OPTIONAL, NAMES("Ngày văn bản", "Paper date", "Ngày QĐ|Ngày quyết định|Ngày nghị quyết"))

/* Of a vote. */
#define COUNTS(S) \
	F_INT(S, members, OPTIONAL, VOTES_MAX, NAMES("Tổng số được biểu quyết", "Members", "Tổng số đảng viên chính thức|Tổng số cấp ủy viên")), \
	F_INT(S, away, OPTIONAL, VOTES_MAX, NAMES("Sinh hoạt tạm thời nơi khác", "Away", "")), \
	F_INT(S, exempt_absent, OPTIONAL, VOTES_MAX, NAMES("Được miễn và vắng mặt", "Exempt and absent", "")), \
	F_INT(S, suspended, OPTIONAL, VOTES_MAX, NAMES("Bị đình chỉ", "Suspended", "")), \
	F_INT(S, yes, OPTIONAL, VOTES_MAX, NAMES("Tán thành", "In favour", "Đồng ý|Yes")), \
	F_INT(S, no, OPTIONAL, VOTES_MAX, NAMES("Không tán thành", "Against", "Không đồng ý|No"))

static const struct field unit_open_fields[] = {
#define S struct unit_open_in
	F_UNIT(S, code, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Mã TCĐ|Mã tổ chức đảng|Code|Mã đơn vị")),
	F_TEXT(S, name, REQUIRED, TITLE_MAX, NAMES("Tên tổ chức", "Unit name", "Tên|Tên tổ chức đảng|Tên TCĐ|Name|Tên đơn vị")),
	F_CODE(S, kind, REQUIRED, CODES_UNIT_KIND, NAMES("Loại", "Kind", "Loại tổ chức|Loại hình tổ chức|Loại TCĐ|Unit kind|Type")),
	F_UNIT(S, parent, OPTIONAL, NAMES("Mã cấp trên", "Parent code", "Cấp trên|Mã tổ chức cấp trên|Trực thuộc|Parent|Parent unit")),
	F_DAY(S, opened, REQUIRED, NAMES("Ngày thành lập", "Opened on", "Thành lập|Ngày TL|Opened|Founded|Established")),
	F_CODE(S, sector, OPTIONAL, CODES_SECTOR, NAMES("Loại hình", "Sector", "Lĩnh vực|Khối|Loại hình đơn vị|Type of place")),
	F_BOOL(S, authorised, OPTIONAL, NAMES("Được ủy quyền kết nạp", "Authorised to admit", "Ủy quyền|Được ủy quyền|Authorised|Authorized")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field unit_rename_fields[] = {
#define S struct unit_rename_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_TEXT(S, name, REQUIRED, TITLE_MAX, NAMES("Tên mới", "New name", "Tên tổ chức|Name")),
	F_DAY(S, from, REQUIRED, NAMES("Từ ngày", "From", "Ngày đổi tên|Ngày hiệu lực")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field unit_move_fields[] = {
#define S struct unit_move_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_UNIT(S, parent, REQUIRED, NAMES("Mã cấp trên mới", "New parent code", "Mã cấp trên|Parent")),
	F_DAY(S, from, REQUIRED, NAMES("Từ ngày", "From", "Ngày chuyển|Ngày hiệu lực")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field unit_close_fields[] = {
#define S struct unit_close_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_DAY(S, on, REQUIRED, NAMES("Ngày kết thúc hoạt động", "Closed on", "Ngày giải thể|Ngày kết thúc|Closed")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field unit_fact_fields[] = {
#define S struct unit_fact_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_TEXT(S, kind, REQUIRED, WORD_MAX, NAMES("Nội dung", "Fact kind", "Kind|Loại thông tin")),
	F_TEXT(S, value, REQUIRED, VALUE_MAX, NAMES("Giá trị", "Value", "")),
	F_DAY(S, from, REQUIRED, NAMES("Từ ngày", "From", "Ngày hiệu lực")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field reorganise_fields[] = {
#define S struct reorganise_in
	F_TEXT(S, plan, REQUIRED, REORG_TEXT_MAX, NAMES("Phương án sắp xếp", "Plan", "Phương án")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field reorganise_undo_fields[] = {
#define S struct reorganise_undo_in
	F_INT(S, reorg, REQUIRED, INT32_MAX, NAMES("Số lần sắp xếp", "Reorganisation", "Mã sắp xếp")),
	F_TEXT(S, reason, REQUIRED, NOTE_MAX, NAMES("Lý do", "Reason", "Lý do hủy")),
	{ 0 }
#undef S
};

static const struct field class_open_fields[] = {
#define S struct class_open_in
	F_UNIT(S, code, REQUIRED, NAMES("Mã lớp", "Class code", "Mã|Code|Class")),
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Đơn vị mở lớp|Tổ chức mở lớp|Unit")),
	F_CODE(S, kind, REQUIRED, CODES_CLASS_KIND, NAMES("Loại lớp", "Class kind", "Loại|Kind")),
	F_TEXT(S, name, REQUIRED, TITLE_MAX, NAMES("Tên lớp", "Class name", "Tên|Name")),
	F_DAY(S, from, REQUIRED, NAMES("Ngày khai giảng", "First day", "Từ ngày|Ngày mở lớp|From|Start")),
	F_DAY(S, to, REQUIRED, NAMES("Ngày bế giảng", "Last day", "Đến ngày|Ngày kết thúc|To|End")),
	{ 0 }
#undef S
};

static const struct field target_set_fields[] = {
#define S struct target_set_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Mã TCĐ|Unit")),
	F_TEXT(S, indicator, OPTIONAL, WORD_MAX, NAMES("Nội dung chỉ tiêu", "Indicator", "Tên chỉ tiêu|Chỉ số")),
	F_CODE(S, kind, REQUIRED, CODES_TARGET_KIND, NAMES("Loại chỉ tiêu", "Target kind", "Loại|Kind")),
	F_PERIOD(S, period, REQUIRED, NAMES("Năm", "Period", "Kỳ|Nhiệm kỳ|Năm chỉ tiêu|Year|Term")),
	F_MILLI(S, low, REQUIRED, NAMES("Chỉ tiêu", "Target", "Số chỉ tiêu|Chỉ tiêu từ|Mức|Low|Số lượng")),
	F_MILLI(S, high, OPTIONAL, NAMES("Chỉ tiêu đến", "Target to", "Đến|High|Mức cao")),
	F_BOOL(S, at_least, OPTIONAL, NAMES("Trở lên", "Or more", "At least|Tối thiểu")),
	F_DAY(S, decided, OPTIONAL, NAMES("Ngày giao", "Decided on", "Ngày giao chỉ tiêu|Ngày văn bản|Ngày QĐ")),
	F_TEXT(S, paper_no, OPTIONAL, PAPER_MAX, NAMES("Số văn bản", "Paper number", "Số QĐ|Số quyết định|Số kế hoạch")),
	{ 0 }
#undef S
};

static const struct field person_record_fields[] = {
#define S struct person_record_in
	F_UNIT(S, unit, REQUIRED, NAMES("Mã tổ chức", "Unit code", "Mã|Mã chi bộ|Mã TCĐ|Chi bộ|Mã đơn vị|Unit")),
	F_TEXT(S, name, REQUIRED, PERSON_NAME_MAX, NAMES("Họ và tên", "Full name", "Họ tên|Họ, tên|Tên|Name|Họ và tên khai sinh")),
	F_DAY(S, birth, OPTIONAL, NAMES("Ngày sinh", "Birth date",
		"Sinh ngày|Năm sinh|Ngày tháng năm sinh|Ngày, tháng, năm sinh|Date of birth|DOB|Born")),
	F_CODE(S, sex, OPTIONAL, CODES_SEX, NAMES("Giới tính", "Sex", "Nam/Nữ|Gender|Giới")),
	F_TEXT(S, id_number, OPTIONAL, WORD_MAX, NAMES("Số định danh", "Citizen ID",
		"Số CCCD|CCCD|Số căn cước|Căn cước|Số CMND|CMND|Số định danh cá nhân|ID number")),
	F_CODE(S, ethnicity, OPTIONAL, CODES_ETHNICITY, NAMES("Dân tộc", "Ethnicity", "Ethnic group")),
	F_CODE(S, religion, OPTIONAL, CODES_RELIGION, NAMES("Tôn giáo", "Religion", "")),
	F_CODE(S, education, OPTIONAL, CODES_EDUCATION, NAMES("Trình độ", "Education",
		"Trình độ chuyên môn|Trình độ CM|Chuyên môn|Professional level")),
	F_CODE(S, schooling, OPTIONAL, CODES_SCHOOLING, NAMES("Trình độ học vấn", "Schooling",
		"Học vấn|Giáo dục phổ thông|Trình độ văn hóa|General education")),
	F_CODE(S, occupation, OPTIONAL, CODES_OCCUPATION, NAMES("Nghề nghiệp", "Occupation", "Nghề|Nghề nghiệp hiện nay|Job")),
	F_BOOL(S, youth, OPTIONAL, NAMES("Đoàn viên", "Youth Union member", "Đoàn viên TNCS|Đoàn TN|Là đoàn viên|Youth Union|Youth")),
	F_CODE(S, introducer, OPTIONAL, CODES_INTRODUCER, NAMES("Nơi giới thiệu", "Introduced by",
		"Tổ chức giới thiệu|Đơn vị giới thiệu|Introducer")),
	F_DAY(S, since, OPTIONAL, NAMES("Ngày về đơn vị", "In the unit since", "Ngày chuyển đến|Ngày về chi bộ|Since")),
	F_DAY(S, introduced, OPTIONAL, NAMES("Ngày giới thiệu", "Introduced on", "Ngày giới thiệu nguồn|Ngày phát hiện nguồn")),
	F_DAY(S, listed, OPTIONAL, NAMES("Ngày vào danh sách", "Listed on",
		"Ngày công nhận cảm tình|Ngày vào DS|Ngày vào danh sách cảm tình|Ngày cảm tình Đảng|On the list since")),
	F_UNIT(S, class_code, OPTIONAL, NAMES("Mã lớp", "Class code", "Lớp|Lớp cảm tình|Class")),
	F_DAY(S, certified, OPTIONAL, NAMES("Ngày cấp GCN", "Certificate date", "Ngày cấp giấy chứng nhận|Ngày GCN|Certified on")),
	F_TEXT(S, certificate_no, OPTIONAL, PAPER_MAX, NAMES("Số GCN", "Certificate number", "Số giấy chứng nhận|Certificate no")),
	F_DAY(S, dossier, OPTIONAL, NAMES("Ngày lập hồ sơ", "Dossier made on", "Ngày hồ sơ|Dossier")),
	F_DAY(S, branch_vote, OPTIONAL, NAMES("Ngày chi bộ họp", "Branch vote on", "Ngày NQ chi bộ|Ngày nghị quyết chi bộ|Branch vote")),
	F_DAY(S, grassroots_vote, OPTIONAL, NAMES("Ngày đảng ủy cơ sở họp", "Grassroots vote on",
		"Ngày NQ đảng ủy|Ngày nghị quyết đảng ủy cơ sở|Grassroots vote")),
	F_DAY(S, decided, OPTIONAL, NAMES("Ngày QĐ kết nạp", "Decision date",
		"Ngày quyết định kết nạp|Ngày QĐ|Ngày quyết định|Decided on|Decision day")),
	F_TEXT(S, decision_no, OPTIONAL, PAPER_MAX, NAMES("Số QĐ", "Decision number",
		"Số quyết định|Số QĐ kết nạp|Số quyết định kết nạp|Decision no")),
	F_DAY(S, received, OPTIONAL, NAMES("Ngày nhận QĐ", "Decision received on", "Ngày chi bộ nhận QĐ|Ngày nhận quyết định|Received on")),
	F_DAY(S, ceremony, OPTIONAL, NAMES("Ngày kết nạp", "Ceremony date", "Ngày lễ kết nạp|Ngày tổ chức lễ kết nạp|Ngày vào Đảng|Ceremony")),
	F_DAY(S, recognition_vote, OPTIONAL, NAMES("Ngày chi bộ xét chính thức", "Recognition vote on",
		"Ngày NQ chuyển chính thức|Recognition vote")),
	F_DAY(S, official, OPTIONAL, NAMES("Ngày chính thức", "Official since", "Ngày công nhận chính thức|Ngày chuyển chính thức|Official")),
	F_DAY(S, official_decided, OPTIONAL, NAMES("Ngày QĐ chính thức", "Recognition decided",
		"Ngày QĐ công nhận|Ngày QĐ công nhận chính thức|Ngày quyết định chính thức")),
	F_TEXT(S, official_no, OPTIONAL, PAPER_MAX, NAMES("Số QĐ chính thức", "Recognition number",
		"Số QĐ công nhận|Số quyết định công nhận chính thức|Recognition no")),
	F_DAY(S, moved, OPTIONAL, NAMES("Ngày chuyển đi", "Moved on", "Moved")),
	F_DAY(S, notified, OPTIONAL, NAMES("Ngày báo nơi đến", "New place told on", "Ngày thông báo nơi đến|Notified")),
	F_DAY(S, left, OPTIONAL, NAMES("Ngày ra khỏi", "Left on", "Ngày ra khỏi Đảng|Ngày rời|Left")),
	F_CODE(S, left_reason, OPTIONAL, CODES_EXIT, NAMES("Lý do ra khỏi", "Reason for leaving", "Lý do|Reason")),
	{ 0 }
#undef S
};

static const struct field fact_record_fields[] = {
#define S struct fact_record_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_TEXT(S, kind, REQUIRED, WORD_MAX, NAMES("Nội dung", "Fact kind",
		"Bước|Loại sự kiện|Sự kiện|Bước hoặc sự kiện|Tên bước|Kind|Step|Event")),
	F_DAY(S, on, REQUIRED, NAMES("Ngày", "Day", "Ngày thực hiện|Từ ngày|On")),
	F_UNIT(S, unit, OPTIONAL, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_TEXT(S, value, OPTIONAL, VALUE_MAX, NAMES("Giá trị", "Value", "Kết quả")),
	F_UNIT(S, class_code, OPTIONAL, NAMES("Mã lớp", "Class code", "Lớp|Class")),
	PAPER(S),
	F_TEXT(S, signer, OPTIONAL, PERSON_NAME_MAX, NAMES("Người ký", "Signer", "")),
	COUNTS(S),
	F_INT(S, other, OPTIONAL, INT32_MAX, NAMES("Mã người liên quan", "Other person", "Mã đảng viên giúp đỡ|Mã người giới thiệu")),
	F_TEXT(S, detail, OPTIONAL, VALUE_MAX, NAMES("Chi tiết", "Detail", "Nơi gửi|Nơi đến|Căn cứ")),
	F_DAY(S, since, OPTIONAL, NAMES("Cùng đơn vị từ ngày", "Together since", "")),
	F_INT(S, about, OPTIONAL, INT32_MAX, NAMES("Của thông tin số", "Belongs to fact", "")),
	F_INT(S, amount, OPTIONAL, AMOUNT_MAX, NAMES("Số ngày hoặc tháng", "Days or months", "Số ngày|Số tháng")),
	{ 0 }
#undef S
};

static const struct field fact_correct_fields[] = {
#define S struct fact_correct_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_INT(S, seq, REQUIRED, INT32_MAX, NAMES("Số thứ tự thông tin", "Fact number", "STT|Seq")),
	F_BOOL(S, withdraw, OPTIONAL, NAMES("Hủy thông tin", "Withdraw", "Rút|Hủy")),
	F_DAY(S, on, OPTIONAL, NAMES("Ngày đúng", "Right day", "Ngày")),
	F_TEXT(S, value, OPTIONAL, VALUE_MAX, NAMES("Giá trị đúng", "Right value", "Giá trị")),
	PAPER(S),
	F_TEXT(S, signer, OPTIONAL, PERSON_NAME_MAX, NAMES("Người ký", "Signer", "")),
	F_TEXT(S, reason, REQUIRED, NOTE_MAX, NAMES("Lý do", "Reason", "Lý do sửa")),
	F_UNIT(S, unit, OPTIONAL, NAMES("Mã tổ chức đúng", "Right unit code", "Mã tổ chức")),
	F_INT(S, other, OPTIONAL, INT32_MAX, NAMES("Mã người liên quan đúng", "Right other person", "")),
	F_TEXT(S, detail, OPTIONAL, VALUE_MAX, NAMES("Chi tiết đúng", "Right detail", "")),
	F_DAY(S, since, OPTIONAL, NAMES("Cùng đơn vị từ ngày (đúng)", "Right day since", "")),
	F_INT(S, amount, OPTIONAL, AMOUNT_MAX, NAMES("Số ngày hoặc tháng đúng", "Right days or months", "")),
	COUNTS(S),
	{ 0 }
#undef S
};

static const struct field person_transfer_fields[] = {
#define S struct person_transfer_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_CODE(S, kind, REQUIRED, CODES_TRANSFER, NAMES("Loại chuyển", "Kind of move", "Hình thức chuyển")),
	F_DAY(S, on, REQUIRED, NAMES("Ngày quyết định chuyển đi", "Day of the decision to move", "Ngày chuyển|Ngày chuyển đi")),
	F_UNIT(S, unit, OPTIONAL, NAMES("Mã tổ chức nơi đến", "Code of the new unit", "Nơi đến|Mã tổ chức mới")),
	F_TEXT(S, place, OPTIONAL, VALUE_MAX, NAMES("Nơi đến ngoài hệ thống", "Place outside the register", "Nơi đến khác")),
	F_INT(S, months, OPTIONAL, AMOUNT_MAX, NAMES("Số tháng", "Months", "Thời gian tạm thời")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field verify_request_fields[] = {
#define S struct verify_request_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_CODE(S, relation, REQUIRED, CODES_RELATION, NAMES("Thẩm tra về", "About whom", "Quan hệ")),
	F_TEXT(S, place, REQUIRED, VALUE_MAX, NAMES("Nơi nhận thư", "Sent to", "Nơi gửi|Nơi thẩm tra")),
	F_DAY(S, sent, REQUIRED, NAMES("Ngày gửi", "Sent on", "")),
	F_TEXT(S, paper_no, OPTIONAL, PAPER_MAX, NAMES("Số công văn", "Number of the letter", "Số văn bản")),
	F_DAY(S, received, OPTIONAL, NAMES("Ngày nơi nhận đã nhận", "Received there on", "Ngày nhận")),
	F_CODE(S, letter, OPTIONAL, CODES_LETTER, NAMES("Trong nước, ngoài nước", "Inside the country or abroad", "")),
	F_DAY(S, replied, OPTIONAL, NAMES("Ngày trả lời", "Answered on", "")),
	F_CODE(S, outcome, OPTIONAL, CODES_REPLY, NAMES("Kết quả trả lời", "Outcome of the answer", "Kết quả")),
	{ 0 }
#undef S
};

static const struct field helper_replace_fields[] = {
#define S struct helper_replace_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_INT(S, about, REQUIRED, INT32_MAX, NAMES("Thôi người ở thông tin số", "Number of the fact that named the one who ends", "")),
	F_CODE(S, reason, REQUIRED, CODES_HELPER_END, NAMES("Lý do thôi", "Why they end", "Lý do")),
	F_DAY(S, on, REQUIRED, NAMES("Ngày thay", "Replaced on", "Ngày")),
	F_INT(S, other, OPTIONAL, INT32_MAX, NAMES("Đảng viên thay thế", "Replacement", "Mã đảng viên thay thế")),
	F_TEXT(S, detail, OPTIONAL, VALUE_MAX, NAMES("Họ tên, nếu không có trong sổ", "Name, when not on record", "")),
	PAPER(S),
	{ 0 }
#undef S
};

static const struct field birth_propose_fields[] = {
#define S struct birth_propose_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_DAY(S, birth, REQUIRED, NAMES("Ngày sinh đúng", "Right day of birth", "")),
	F_TEXT(S, reason, REQUIRED, NOTE_MAX, NAMES("Lý do", "Reason", "")),
	F_TEXT(S, paper_no, REQUIRED, PAPER_MAX, NAMES("Số giấy tờ pháp lý", "Number of the legal paper", "Số văn bản")),
	F_DAY(S, paper_on, OPTIONAL, NAMES("Ngày của giấy tờ", "Day of that paper", "Ngày văn bản")),
	F_DAY(S, on, OPTIONAL, NAMES("Ngày đề nghị", "Proposed on", "")),
	{ 0 }
#undef S
};

static const struct field birth_confirm_fields[] = {
#define S struct birth_confirm_in
	F_PERSON(S, person, REQUIRED, NAMES("Mã người", "Person", "Mã số|Person id|ID")),
	F_INT(S, seq, REQUIRED, INT32_MAX, NAMES("Số thứ tự đề nghị", "Number of the proposal", "STT|Seq")),
	{ 0 }
#undef S
};

#define DUE(S) \
	F_CODE(S, due, OPTIONAL, CODES_DUE, NAMES("Thời hạn đã tính", "Dues already given", "")), \
	F_DAY(S, counts_from, OPTIONAL, NAMES("Chỉ tính cho thời hạn bắt đầu từ (chương trình tự ghi)", \
		"Counts for clocks that start from (filled in by the program)", ""))

static const struct field calendar_set_fields[] = {
#define S struct calendar_set_in
	F_DAY(S, day, REQUIRED, NAMES("Ngày", "Day", "")),
	F_CODE(S, kind, REQUIRED, CODES_DAY_KIND, NAMES("Loại ngày", "Day kind", "Loại|Kind")),
	F_TEXT(S, note, OPTIONAL, NOTE_MAX, NAMES("Ghi chú", "Note", "Lý do")),
	DUE(S),
	{ 0 }
#undef S
};

static const struct field calendar_block_fields[] = {
#define S struct calendar_block_in
	F_TEXT(S, holiday, REQUIRED, VALUE_MAX, NAMES("Ngày lễ", "Holiday", "")),
	F_INT(S, year, REQUIRED, YEAR_MAX, NAMES("Năm", "Year", "")),
	F_DAY(S, first, REQUIRED, NAMES("Nghỉ từ ngày", "First day off", "Từ ngày")),
	F_DAY(S, last, REQUIRED, NAMES("Đến hết ngày", "Last day off", "Đến ngày")),
	F_TEXT(S, note, OPTIONAL, NOTE_MAX, NAMES("Ghi chú", "Note", "Lý do")),
	DUE(S),
	F_TEXT(S, freed, OPTIONAL, DAYS_MAX, NAMES("Ngày không còn nghỉ (chương trình tự ghi)", "Days freed (filled in by the program)", "")),
	{ 0 }
#undef S
};

static const struct field calendar_check_fields[] = {
#define S struct calendar_check_in
	F_INT(S, year, REQUIRED, YEAR_MAX, NAMES("Năm", "Year", "")),
	F_TEXT(S, note, OPTIONAL, NOTE_MAX, NAMES("Căn cứ thông báo", "By which notice", "Ghi chú")),
	F_TEXT(S, days, OPTIONAL, DAYS_MAX, NAMES("Các ngày đã kiểm tra (chương trình tự ghi)", "Days checked (filled in by the program)", "")),
	{ 0 }
#undef S
};

static const struct field rule_set_fields[] = {
#define S struct rule_set_in
	F_TEXT(S, key, REQUIRED, KEY_MAX, NAMES("Giá trị của quy tắc", "Value of the rules", "Khóa|Key")),
	F_TEXT(S, value, REQUIRED, WORD_MAX, NAMES("Giá trị tại đây", "Value here", "Giá trị|Value")),
	F_DAY(S, from, REQUIRED, NAMES("Từ ngày", "From", "Ngày hiệu lực")),
	F_DAY(S, to, OPTIONAL, NAMES("Đến hết ngày", "Last day", "Đến ngày|To")),
	F_TEXT(S, reason, REQUIRED, NOTE_MAX, NAMES("Lý do, căn cứ", "Reason", "Lý do")),
	F_TEXT(S, paper_no, OPTIONAL, PAPER_MAX, NAMES("Số văn bản", "Paper number", "Số QĐ|Số quyết định")),
	{ 0 }
#undef S
};

static const struct field rule_end_fields[] = {
#define S struct rule_end_in
	F_INT(S, number, OPTIONAL, INT32_MAX, NAMES("Số của giá trị", "Number of the value", "Số|Number")),
	F_TEXT(S, key, OPTIONAL, KEY_MAX, NAMES("Giá trị của quy tắc", "Value of the rules", "Khóa|Key")),
	F_DAY(S, to, OPTIONAL, NAMES("Đến hết ngày", "Last day", "Đến ngày|To")),
	F_TEXT(S, reason, REQUIRED, NOTE_MAX, NAMES("Lý do", "Reason", "")),
	{ 0 }
#undef S
};

#define LOGIN(S) F_TEXT(S, login, REQUIRED, LOGIN_MAX, NAMES("Tên đăng nhập", "Login", "Tài khoản|Account"))
#define REASON(S) F_TEXT(S, reason, OPTIONAL, NOTE_MAX, NAMES("Lý do", "Reason", ""))

static const struct field account_open_fields[] = {
#define S struct account_open_in
	LOGIN(S),
	F_TEXT(S, name, REQUIRED, PERSON_NAME_MAX, NAMES("Họ và tên", "Full name", "Họ tên|Tên|Name")),
	{ 0 }
#undef S
};

static const struct field account_close_fields[] = {
#define S struct account_close_in
	LOGIN(S),
	F_DAY(S, on, OPTIONAL, NAMES("Khóa từ ngày", "Closed from", "Ngày khóa|Closed on")),
	REASON(S),
	{ 0 }
#undef S
};

static const struct field account_reset_fields[] = {
#define S struct account_reset_in
	LOGIN(S),
	REASON(S),
	{ 0 }
#undef S
};

static const struct field role_grant_fields[] = {
#define S struct role_grant_in
	LOGIN(S),
	F_CODE(S, role, REQUIRED, CODES_ROLE, NAMES("Vai trò", "Role", "")),
	F_UNIT(S, unit, OPTIONAL, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_DAY(S, from, OPTIONAL, NAMES("Từ ngày", "From", "")),
	F_DAY(S, to, OPTIONAL, NAMES("Đến hết ngày", "Last day", "Đến ngày|To")),
	{ 0 }
#undef S
};

static const struct field role_end_fields[] = {
#define S struct role_end_in
	F_INT(S, grant_id, OPTIONAL, INT32_MAX, NAMES("Số lần giao vai trò", "Grant number", "Grant")),
	F_TEXT(S, login, OPTIONAL, LOGIN_MAX, NAMES("Tên đăng nhập", "Login", "Tài khoản|Account")),
	F_CODE(S, role, OPTIONAL, CODES_ROLE, NAMES("Vai trò", "Role", "")),
	F_UNIT(S, unit, OPTIONAL, NAMES("Mã tổ chức", "Unit code", "Mã|Unit")),
	F_DAY(S, to, OPTIONAL, NAMES("Đến hết ngày", "Last day", "Đến ngày|To")),
	{ 0 }
#undef S
};

static const struct field policy_set_fields[] = {
#define S struct policy_set_in
	F_TEXT(S, key, REQUIRED, WORD_MAX, NAMES("Quy định", "Policy", "Key")),
	F_TEXT(S, value, OPTIONAL, VALUE_MAX, NAMES("Giá trị", "Value", "")),
	{ 0 }
#undef S
};

#define OP(name, entity, vi, en, ...) \
	{ #name, entity, vi, en, name##_fields, sizeof(struct name##_in), .check = ops_##name##_check, .apply = ops_##name, \
		.access = access_##name, __VA_ARGS__ }

static const struct op table[] = {
	OP(unit_open, "unit", "Thành lập một tổ chức đảng", "Opens an organisation"),
	OP(unit_rename, "unit", "Đổi tên một tổ chức từ một ngày", "Renames an organisation from a day on"),
	OP(unit_move, "unit", "Chuyển một tổ chức sang cấp trên khác từ một ngày", "Moves an organisation below another from a day on"),
	OP(unit_close, "unit", "Kết thúc hoạt động của một tổ chức", "Closes an organisation"),
	OP(unit_fact, "unit",
		"Ghi loại, loại hình, ủy quyền kết nạp hoặc kế hoạch năm của một tổ chức",
		"Records the kind, sector, right to admit or yearly plan of an organisation", .tidy = ops_unit_fact_tidy),
	OP(reorganise, "reorg", "Sắp xếp nhiều tổ chức theo một quyết định: sáp nhập, hợp nhất, chia tách, chuyển giao, kết thúc hoạt động",
		"Reorganises several organisations under one decision: mergers, unions, splits, moves, closings", .tidy = ops_reorganise_tidy),
	OP(reorganise_undo, "reorg", "Hủy một lần sắp xếp khi chưa có việc gì dựa vào nó; mọi thông tin cũ vẫn được giữ",
		"Takes a reorganisation back while nothing leans on it; nothing is deleted"),
	OP(class_open, "class", "Mở một lớp bồi dưỡng", "Opens a class"),
	OP(target_set, "target", "Giao hoặc đăng ký chỉ tiêu; chỉ tiêu mới cùng đơn vị, nội dung, loại và kỳ thay cho chỉ tiêu cũ",
		"Sets a target; one of the same unit, indicator, kind and period is replaced", .tidy = ops_target_set_tidy),
	OP(person_record, "person", "Ghi những gì một danh sách biết về một người", "Records whatever a list knows of a person",
		.tidy = ops_person_record_tidy, .certain = true),
	OP(fact_record, "person", "Ghi một bước hoặc một thông tin của một người", "Records one step or attribute of a person",
		.tidy = ops_fact_record_tidy),
	OP(fact_correct, "person", "Sửa hoặc hủy một thông tin đã ghi; thông tin cũ vẫn được giữ",
		"Corrects or withdraws a recorded fact; the old one is kept", .tidy = ops_fact_correct_tidy),
	OP(person_transfer, "person", "Ghi việc một người chuyển đi: đến tổ chức khác trong hệ thống hoặc ra ngoài, hẳn hoặc tạm thời",
		"Records that somebody moves: to another unit or outside the register, for good or for a time"),
	OP(verify_request, "person", "Ghi một thư thẩm tra lý lịch: ngày gửi, ngày nhận, ngày trả lời và kết quả",
		"Records a verification letter: when it was sent, received, answered, and the outcome"),
	OP(helper_replace, "person", "Thay người giới thiệu, giúp đỡ: thôi người cũ, cử người mới theo nghị quyết của chi bộ",
		"Replaces an introducer or helper: ends one and names another by resolution of the branch"),
	OP(birth_propose, "person", "Đề nghị sửa ngày sinh của một đảng viên; chưa sửa gì cho đến khi người thứ hai xác nhận",
		"Proposes to correct the day of birth of a member; nothing changes until a second person confirms", .tidy = ops_birth_propose_tidy),
	OP(birth_confirm, "person", "Xác nhận đề nghị sửa ngày sinh do người khác lập",
		"Confirms a correction of the day of birth that somebody else proposed"),
	OP(calendar_set, "calendar", "Đặt một ngày là ngày nghỉ hoặc ngày làm việc", "Makes a day a day off or a working day",
		.tidy = ops_calendar_set_tidy),
	OP(calendar_block, "calendar", "Đặt các ngày nghỉ của một dịp lễ trong năm, thay cho khoảng nghỉ được tính",
		"Sets the days off of a holiday in a year, in the place of the computed ones", .tidy = ops_calendar_block_tidy),
	OP(calendar_check, "calendar", "Xác nhận ngày nghỉ của một năm đã đối chiếu với thông báo",
		"Confirms that the days off of a year were compared with its notice", .tidy = ops_calendar_check_tidy),
	OP(rule_set, "rule", "Đặt giá trị riêng của nơi này cho một quy tắc, từ một ngày, có lý do; xem các giá trị: nguon rules keys",
		"Gives a rule the site's own value from a day on, with the reason; values: nguon rules keys", .tidy = ops_rule_set_tidy),
	OP(rule_end, "rule", "Thôi dùng giá trị riêng của một quy tắc sau một ngày", "Ends the site's own value of a rule",
		.tidy = ops_rule_end_tidy),
	OP(account_open, "account", "Mở tài khoản cho một người sử dụng", "Opens an account", .tidy = ops_account_open_tidy),
	OP(account_close, "account", "Khóa một tài khoản từ một ngày", "Closes an account from a day on", .tidy = ops_account_close_tidy),
	OP(account_reset, "account", "Cấp mã dùng một lần để đặt lại mật khẩu", "Issues a one-time code for a new password",
		.tidy = ops_account_reset_tidy),
	OP(role_grant, "account", "Giao một vai trò trong một tổ chức và các tổ chức bên dưới; không ghi mã tổ chức: toàn hệ thống",
		"Gives a role in an organisation and below; without a unit: everywhere", .tidy = ops_role_grant_tidy),
	OP(role_end, "account", "Thôi giao một vai trò", "Ends a role", .tidy = ops_role_end_tidy),
	OP(policy_set, "policy", "Đặt một quy định của hệ thống: totp_roles (các vai trò phải dùng mã xác thực hai lớp)",
		"Sets a policy: totp_roles (roles that need a second factor)", .tidy = ops_policy_set_tidy),
};

const struct op *ops(size_t *ret_n)
{
	*ret_n = sizeof table / sizeof *table;
	return table;
}

const struct op *op_find(const char *name)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}
