//! What the page says, in both languages.

/// (key, Vietnamese, English): used by the page's script.
pub(super) const UI: &[(&str, &str, &str)] = &[
    ("search", "Tìm trong mọi phát hiện", "Search all findings"),
    ("search_hint", "tên thôn, xã, giá trị, mã quy tắc…", "village, commune, value, rule code…"),
    ("level", "Mức độ", "Level"),
    ("error", "Lỗi", "Error"),
    ("warning", "Cảnh báo", "Warning"),
    ("info", "Ghi chú", "Note"),
    ("rule", "Quy tắc", "Rule"),
    ("carrier", "Doanh nghiệp", "Carrier"),
    ("file", "Tệp", "File"),
    ("commune", "Xã, phường", "Commune"),
    ("village", "Thôn, bản", "Village"),
    ("all", "Tất cả", "All"),
    ("none", "(không rõ)", "(not known)"),
    ("waived", "Đã được bỏ qua", "Waived"),
    ("show_waived", "Hiện cả phát hiện đã được bỏ qua", "Show waived findings too"),
    ("until", "đến hết ngày", "until"),
    ("reset", "Bỏ bộ lọc", "Clear filters"),
    ("open_all", "Mở tất cả", "Open all"),
    ("close_all", "Đóng tất cả", "Close all"),
    ("print", "In", "Print"),
    ("shown", "{n} trên {all} phát hiện", "{n} of {all} findings"),
    ("no_match", "Không có phát hiện nào hợp với bộ lọc.", "No finding fits the filters."),
    ("no_findings", "Không có phát hiện nào.", "There are no findings."),
    ("more", "Hiện thêm {n}", "Show {n} more"),
    ("show_all", "Hiện tất cả {n}", "Show all {n}"),
    ("showing", "Đang hiện {n} trên {all}", "Showing {n} of {all}"),
    ("place", "Vị trí trong tệp", "Where in the file"),
    ("whole_file", "cả tệp", "whole file"),
    ("row", "dòng", "row"),
    ("raw", "Ghi trong tệp → đã dùng", "In the file → used"),
    ("detail", "Chi tiết", "Details"),
    ("fingerprint", "Dấu vân tay", "Fingerprint"),
    (
        "fingerprint_hint",
        "Dùng để khai báo bỏ qua trong study.toml",
        "Names the finding in a waiver in study.toml",
    ),
    ("filtered_by", "Bộ lọc:", "Filters:"),
];

/// What a rule that could not run would need.
pub(super) fn need(key: &'static str) -> (&'static str, &'static str) {
    match key {
        "villages" => ("danh mục thôn, bản", "the register of villages"),
        "communes" => ("danh mục xã, phường", "the communes"),
        "crosswalk" => ("bảng chuyển đổi xã cũ – mới", "the table of old and new communes"),
        "stations" => ("danh sách trạm hiện có", "the existing stations"),
        "programme" => ("danh sách trạm đăng ký", "the registered programme"),
        "terrain" => ("dữ liệu độ cao", "elevation data"),
        "several_lists" => ("danh sách của nhiều doanh nghiệp", "lists of several carriers"),
        "declared" => ("số khu vực doanh nghiệp đã báo cáo", "the total that a carrier declared"),
        "technology" => ("cột công nghệ trong danh sách", "a column of technologies in the lists"),
        other => (other, other),
    }
}
