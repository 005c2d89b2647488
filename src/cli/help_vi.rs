//! The help in Vietnamese. A test fails where a command or an option has no translation.

use clap::{Arg, ArgAction, Command};

/// (command, argument or empty for the command itself, text)
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "phusong",
        "",
        "Tìm thôn, bản chưa có sóng di động và xếp hạng vị trí trạm BTS phục vụ được nhiều thôn, bản nhất.",
    ),
    ("phusong", "lang", "Ngôn ngữ của thông báo và bảng [mặc định: theo hệ thống]"),
    ("phusong", "threads", "Số luồng xử lý [mặc định: mọi nhân]; kết quả không phụ thuộc vào số này"),
    ("phusong", "timings", "Ghi thời gian của từng bước vào tệp JSON"),
    ("phusong", "strict", "Kết thúc với mã 1 nếu dữ liệu có lỗi hoặc còn thiếu"),
    ("phusong", "help", "In trợ giúp"),
    ("phusong", "model", "Cách xét vùng phủ [mặc định: theo study, nếu không thì radius]"),
    (
        "phusong",
        "preset",
        "Công nghệ và băng tần để dự báo, như lte900, gsm900 [mặc định: theo study, nếu không thì lte900]",
    ),
    (
        "phusong",
        "threshold_dbm",
        "Mức thu thấp nhất coi là có sóng, dBm [mặc định: theo study, nếu không thì theo preset: -110, GSM -95; giả định, không phải chuẩn]",
    ),
    (
        "phusong",
        "probability",
        "Xác suất đạt mức đó: 0.75 hoặc 75% [mặc định: theo study, nếu không thì 0.75]",
    ),
    ("phusong", "max_km", "Dự báo xa nhất đến, km [mặc định: theo study, nếu không thì 15]"),
    ("phusong", "second_opinion", "Mô hình thứ hai; chỗ khác kết quả được đánh dấu"),
    (
        "phusong",
        "subtract_existing",
        "Bỏ các mục báo lõm mà trạm hiện có của doanh nghiệp được dự báo là phủ tới",
    ),
    ("phusong", "terrain", "Thư mục số liệu độ cao (SRTM .hgt, GeoTIFF) [mặc định: theo study]"),
    ("phusong", "version", "In phiên bản"),
    (
        "phusong",
        "preset",
        "Công nghệ và băng tần để dự báo, như lte900, gsm900 [mặc định: theo study, nếu không thì lte900]",
    ),
    (
        "phusong",
        "threshold_dbm",
        "Mức thu thấp nhất coi là có sóng, dBm [mặc định: theo study, nếu không thì theo preset: -110, GSM -95; giả định, không phải chuẩn]",
    ),
    (
        "phusong",
        "probability",
        "Xác suất đạt mức đó: 0.75 hoặc 75% [mặc định: theo study, nếu không thì 0.75]",
    ),
    ("phusong", "terrain", "Thư mục số liệu độ cao (SRTM .hgt, GeoTIFF) [mặc định: theo study]"),
    ("rank", "", "Xếp hạng vị trí ứng viên theo số thôn, bản chưa có sóng mà vị trí phục vụ được"),
    ("rank", "study", "Thư mục có study.toml"),
    ("rank", "villages", "Danh sách thôn, bản khi không có study: thôn, bản nào cũng coi là chưa có sóng"),
    ("rank", "candidates", "Vị trí ứng viên [mặc định: theo study]"),
    ("rank", "radius_km", "Bán kính, km [mặc định: theo study, nếu không thì 3]"),
    ("rank", "compare_radius_km", "Ghi dự báo khác vòng tròn bán kính này (km) ở đâu (model_vs_circle.csv)"),
    ("rank", "out", "Thư mục ghi kết quả"),
    ("rank", "format", "Các định dạng cần ghi, cách nhau bằng dấu phẩy"),
    ("rank", "top", "Chỉ ghi N vị trí đầu [mặc định: tất cả, hoặc 1000 khi có hơn 20000 vị trí]"),
    ("rank", "by", "Xếp hạng theo"),
    ("rank", "dark_first", "So trước hết số thôn, bản mà mọi doanh nghiệp đều báo không có sóng"),
    ("rank", "carrier", "Chỉ tính phần của doanh nghiệp này; có thể ghi nhiều lần"),
    ("rank", "severity", "Chỉ tính mức độ này"),
    ("rank", "no_grid_power", "Chỉ tính thôn, bản được biết là chưa có điện lưới"),
    ("rank", "hardship", "Chỉ tính thôn, bản được biết là đặc biệt khó khăn (ĐBKK)"),
    ("rank", "show", "Số vị trí trong bảng trên màn hình"),
    ("plan", "", "Chọn các vị trí cùng nhau phục vụ được nhiều nhất, kèm cận trên đã chứng minh"),
    ("plan", "study", "Thư mục có study.toml"),
    ("plan", "villages", "Danh sách thôn, bản khi không có study: thôn, bản nào cũng coi là chưa có sóng"),
    ("plan", "candidates", "Vị trí ứng viên [mặc định: theo study]"),
    ("plan", "radius_km", "Bán kính, km [mặc định: theo study, nếu không thì 3]"),
    ("plan", "sites", "Nhiều nhất bấy nhiêu vị trí, kể cả các vị trí của --include"),
    ("plan", "budget", "Tổng chi phí tối đa, triệu đồng; bỏ các vị trí không có cost_million_vnd"),
    ("plan", "include", "Các vị trí bắt buộc chọn, mã cách nhau bằng dấu phẩy"),
    ("plan", "exclude", "Các vị trí không được chọn, mã cách nhau bằng dấu phẩy"),
    ("plan", "min_villages", "Bỏ các vị trí phục vụ ít thôn, bản hơn (tính cả thôn, bản dùng chung)"),
    ("plan", "min_distance_km", "Khoảng cách tối thiểu giữa các vị trí, km"),
    ("plan", "time", "Dừng sau thời gian này: 10s, 500ms, 2m; 0: không giới hạn"),
    ("plan", "gap", "Dừng khi đã chứng minh được khoảng cách này: 0.1% hoặc 0.001"),
    ("plan", "iterations", "Dừng sau bấy nhiêu bước, máy nào cũng như nhau [mặc định: không giới hạn]"),
    ("plan", "seed", "Số khởi đầu của tìm kiếm ngẫu nhiên"),
    ("plan", "by", "Tối đa hoá"),
    ("plan", "carrier", "Chỉ tính phần của doanh nghiệp này; có thể ghi nhiều lần"),
    ("plan", "severity", "Chỉ tính mức độ này"),
    ("plan", "no_grid_power", "Chỉ tính thôn, bản được biết là chưa có điện lưới"),
    ("plan", "hardship", "Chỉ tính thôn, bản được biết là đặc biệt khó khăn (ĐBKK)"),
    (
        "plan",
        "evaluate",
        "Đánh giá chương trình trạm đã đăng ký thay vì lập phương án: giải quyết được chỗ lõm nào, vi phạm ràng buộc nào trong số đã ghi, lệch bao nhiêu, do trạm nào, cùng số trạm có thể giải quyết bao nhiêu với cùng các ràng buộc; một tệp, hoặc từ programme để lấy của study",
    ),
    (
        "plan",
        "target",
        "Đạt tỉ lệ này (95%) hoặc số này của những gì cần phục vụ, với ít vị trí nhất hoặc ít tiền nhất",
    ),
    (
        "plan",
        "cover_all",
        "Phục vụ mọi thôn, bản mà vị trí ứng viên phục vụ được, với ít vị trí nhất hoặc ít tiền nhất",
    ),
    ("plan", "least", "Với --target và --cover-all: giảm số vị trí hay chi phí"),
    (
        "plan",
        "year",
        "Một năm của chương trình, NĂM:sites=N,budget=TRIỆU là phần thêm của năm đó; ghi nhiều lần, vị trí năm trước nằm trong năm sau",
    ),
    ("plan", "dark_first", "Trước hết là thôn, bản mà mọi doanh nghiệp đều báo không có sóng"),
    (
        "plan",
        "weight",
        "Hệ số: white, weak, hardship, no-grid-power, only-2g hoặc carrier:TÊN, =HỆ SỐ; có thể ghi nhiều lần [mặc định: theo study.toml, nếu không thì 1]",
    ),
    (
        "plan",
        "built",
        "Trạm nào coi như đã xây: none, existing, on-air, building, registered, all [mặc định: theo study.toml, nếu không thì on-air,building]",
    ),
    ("plan", "built_until", "Chỉ coi là đã xây những trạm đăng ký đến hết năm này"),
    (
        "plan",
        "limit",
        "Hạn mức cho từng phần: commune<=3, district:TÊN>=1, carrier:TÊN<=30, kind:hilltop<=20, off-grid<=10, \"villages commune>=1\", \"villages carrier:TÊN>=40\"; có thể ghi nhiều lần",
    ),
    (
        "plan",
        "one_of",
        "Nhiều nhất một trong các vị trí này, mã cách nhau bằng dấu phẩy; thêm <=K là nhiều nhất K; có thể ghi nhiều lần. Khi các doanh nghiệp xây riêng (--sharing), mỗi vị trí tính một lần dù ai xây; MÃ@DOANH NGHIỆP là một bên xây. Ngoài ra: nhiều nhất một trong mỗi nhóm của cột group trong tệp ứng viên",
    ),
    (
        "plan",
        "sharing",
        "Doanh nghiệp nào dùng chung cột: all, none (mỗi doanh nghiệp xây riêng: mỗi vị trí và doanh nghiệp là một ứng viên, chỉ phục vụ chỗ lõm của doanh nghiệp ấy), hoặc các doanh nghiệp dùng chung: VinaPhone+MobiFone [mặc định: theo study.toml, nếu không thì all]",
    ),
    (
        "plan",
        "partial",
        "Thôn, bản tính theo xác suất có sóng từ vị trí tốt nhất thay cho có hay không; cần mô hình dự báo",
    ),
    (
        "plan",
        "partial_from",
        "Xác suất nhỏ nhất được tính với --partial: 0.05 hoặc 5% [mặc định: theo study.toml, nếu không thì 0.05]",
    ),
    ("plan", "solver", "Bộ giải: own (của chương trình), hoặc highs nếu bản này có (cargo feature highs)"),
    ("plan", "min_people", "Bỏ các vị trí phục vụ ít người hơn (tính cả người dùng chung)"),
    (
        "plan",
        "off_grid_km",
        "Vị trí xa lưới điện hơn chừng này là ngoài lưới, km [mặc định: theo study.toml, nếu không thì 1]",
    ),
    (
        "plan",
        "off_grid_cost",
        "Vị trí ngoài lưới tốn thêm, triệu đồng [mặc định: theo study.toml, nếu không thì 0]",
    ),
    (
        "plan",
        "hop_km",
        "Truyền dẫn: mỗi vị trí cách một trạm, hoặc một vị trí khác đã nối tới trạm, không quá chừng này, km",
    ),
    ("plan", "stations", "Các trạm hiện có [mặc định: theo study]"),
    ("plan", "left_out", "Số vị trí không chọn được giải thích trong plan.json và trên màn hình"),
    (
        "plan",
        "sensitivity",
        "Lập lại với bán kính, số vị trí, ngân sách giảm và tăng 10 và 20 %; mất thêm một lần --time",
    ),
    ("plan", "out", "Thư mục ghi kết quả"),
    ("plan", "show", "Số vị trí trong bảng trên màn hình"),
    (
        "reconcile",
        "",
        "Đối chiếu các khu vực lõm sóng với thôn, bản: doanh nghiệp nào để thôn, bản nào không có sóng",
    ),
    ("reconcile", "study", "Thư mục có study.toml"),
    ("reconcile", "out", "Thư mục ghi kết quả"),
    ("validate", "", "Kiểm tra danh sách của doanh nghiệp: mỗi lỗi ở đúng ô của nó"),
    ("validate", "inputs", "Thư mục có study.toml, hoặc một hay nhiều danh sách"),
    (
        "validate",
        "carrier",
        "Danh sách của doanh nghiệp nào, theo thứ tự các tệp; có thể ghi nhiều lần [mặc định: theo tên tệp hoặc tiêu đề]",
    ),
    ("validate", "province", "Mã tỉnh, khi kiểm tra tệp [mặc định: 40, Nghệ An]"),
    ("validate", "villages", "Danh mục thôn, bản, khi kiểm tra tệp"),
    ("validate", "communes", "Các xã hiện nay cùng ranh giới, khi kiểm tra tệp"),
    ("validate", "crosswalk", "Bảng đổi xã cũ sang xã mới, khi kiểm tra tệp"),
    ("validate", "stations", "Các trạm hiện có, khi kiểm tra tệp"),
    ("validate", "programme", "Chương trình trạm đã đăng ký, khi kiểm tra tệp"),
    ("validate", "out", "Thư mục ghi findings.json và các tệp khác"),
    (
        "validate",
        "format",
        "Các định dạng, cách nhau bằng dấu phẩy; chỉ một định dạng và không có -o thì in ra stdout [mặc định: terminal; có -o thì thêm json, csv, html, workbook]",
    ),
    ("validate", "fix", "Ghi từng danh sách đã sửa theo biểu mẫu, kèm từng chỗ sửa (NAME.fixed.xlsx)"),
    ("validate", "fail_on", "Kết thúc với mã 1 nếu có mục ở mức này hoặc nặng hơn"),
    ("validate", "baseline", "Chỉ báo những gì findings.json cũ này chưa có"),
    ("validate", "today", "Ngày để xét hạn miễn trừ và năm đã qua [mặc định: theo đồng hồ]"),
    (
        "explain",
        "",
        "Giải thích một quy tắc của validate: là gì, vì sao, ví dụ, cách sửa; không có mã thì liệt kê tất cả",
    ),
    ("explain", "code", "Mã của quy tắc"),
    ("template", "", "Ghi biểu mẫu trống (XLSX) để doanh nghiệp điền"),
    ("template", "carrier", "Tên doanh nghiệp, ghi ở đầu biểu"),
    ("template", "out", "Tệp biểu mẫu cần ghi"),
    ("path", "", "Giải thích một tuyến của study, hoặc tính suy hao của nhiều tuyến theo mặt cắt địa hình"),
    ("path", "study", "Thư mục có study.toml"),
    ("path", "a", "Một đầu: mã vị trí ứng viên, trạm hoặc thôn, bản, hay toạ độ như 19.2345,104.5678"),
    ("path", "b", "Đầu kia"),
    (
        "path",
        "a_height_m",
        "Độ cao anten ở A so với mặt đất, m [mặc định: của vị trí, nếu không thì theo study]",
    ),
    ("path", "b_height_m", "Độ cao anten ở B so với mặt đất, m [mặc định: như trên; ở thôn, bản là 1.5]"),
    ("path", "highest_m", "Thử anten cao đến mức này so với mặt đất, m (1 đến 3000)"),
    ("path", "json", "In tuyến được giải thích ra stdout theo JSON"),
    ("path", "svg", "Vẽ mặt cắt vào tệp này"),
    ("predict", "", "Dự báo vùng phủ của các vị trí thành raster, đường mức và hình ảnh"),
    ("predict", "study", "Thư mục có study.toml"),
    ("predict", "sites", "Các vị trí: mã vị trí ứng viên, mã trạm, hoặc toạ độ như 19.2345,104.5678"),
    ("predict", "radius_km", "Xét đến bao xa quanh mỗi vị trí, km"),
    ("predict", "pixel_m", "Cỡ điểm ảnh, m [mặc định: theo dữ liệu độ cao, từ 30 đến 100]"),
    (
        "predict",
        "height_m",
        "Độ cao anten của mọi vị trí so với mặt đất, m [mặc định: của vị trí, nếu không thì theo study]",
    ),
    ("predict", "out", "Thư mục ghi kết quả"),
    ("calibrate", "", "So mức thu đo thực tế với dự báo: độ lệch chung và sigma theo băng tần và lớp phủ"),
    ("calibrate", "study", "Thư mục có study.toml; study phải có danh mục trạm"),
    ("calibrate", "logs", "Số liệu đo kiểm"),
    ("calibrate", "min_samples", "Số mẫu ít nhất của một nhóm để kết luận"),
    ("calibrate", "thin_m", "Tỉa còn một mẫu trong mỗi ô vuông rộng chừng này, m"),
    ("calibrate", "out", "Thư mục ghi kết quả"),
    ("path", "profiles", "Các mặt cắt địa hình"),
    ("path", "cases", "Các tuyến trên những mặt cắt đó"),
    ("path", "model", "Mô hình truyền sóng [mặc định: của study; với --cases là p1812]"),
    ("path", "out", "Tệp ghi kết quả của --cases"),
    ("terrain", "", "Cho biết các tệp độ cao phủ đến đâu, độ phân giải nào, trống chỗ nào"),
    ("terrain", "path", "Thư mục có study.toml, hoặc thư mục hay tệp độ cao"),
    ("terrain", "json", "In JSON thay cho bảng"),
    (
        "compare",
        "",
        "Cho biết điều gì đã thay đổi giữa hai thời điểm: mới báo lõm, thôi báo, trắng mọi mạng, đổi tên, đổi vị trí",
    ),
    ("compare", "old", "Study cũ, hoặc danh sách cũ của một doanh nghiệp (cùng --province)"),
    ("compare", "new", "Study mới, hoặc danh sách mới của doanh nghiệp ấy"),
    ("compare", "province", "So sánh hai tệp danh sách của tỉnh này (mã tỉnh, \"40\" là Nghệ An)"),
    ("compare", "villages", "Danh mục thôn, bản cho hai tệp danh sách"),
    ("compare", "carrier", "Danh sách của doanh nghiệp nào [mặc định: theo tên tệp]"),
    ("compare", "out", "Thư mục ghi kết quả"),
    ("compare", "show", "Số thay đổi trong bảng trên màn hình"),
    ("completions", "", "In tập lệnh gợi ý cho shell"),
    ("completions", "shell", "Loại shell"),
    ("man", "", "In trang hướng dẫn, hoặc ghi trang của từng lệnh"),
    ("man", "out", "Ghi trang của mọi lệnh vào thư mục này"),
    ("help", "", "In trợ giúp của lệnh"),
];

/// What stands below the options.
const AFTER: &[(&str, &str)] = &[
    (
        "phusong",
        "Ví dụ:\n  phusong validate data/nghe-an\n  phusong rank data/nghe-an\n  \
         phusong reconcile data/nghe-an -o out\n  \
         phusong rank --villages V.csv --candidates C.csv --radius-km 5 -o out\n\n\
         Mã kết thúc: 0 xong; 1 khi validate thấy mục từ mức --fail-on trở lên, hoặc khi có --strict mà dữ liệu có lỗi \
         hoặc còn thiếu; 2 không chạy được.",
    ),
    (
        "terrain",
        "Ví dụ:\n  phusong terrain data/nghe-an\n  phusong terrain tiles/ --json\n\n\
         Tệp độ cao: SRTM .hgt (cả .zip, .gz) và GeoTIFF. Chỗ trống và chỗ không có tệp là không rõ, không bao giờ là 0 m.\n\
         Mọi tệp đều được đọc hết. Với --strict, mã kết thúc là 1 nếu có thôn, bản hay vị trí không có độ cao.",
    ),
    (
        "rank",
        "Ví dụ:\n  phusong rank data/nghe-an\n  phusong rank data/nghe-an --by population --top 50\n  \
         phusong rank data/nghe-an --carrier VinaPhone --severity white --hardship\n  \
         phusong rank data/nghe-an --model p1812 --terrain tiles --compare-radius-km 3\n  \
         phusong rank --villages V.csv --candidates C.csv --radius-km 5 -o out\n\n\
         Cột của V.csv: village_id,lat,lon, có thể thêm weight,households,population. Cột của C.csv: site_id,lat,lon.\n\
         Thôn, bản được phục vụ khi nằm trong bán kính của vị trí (WGS84, khoảng cách <= bán kính), hoặc với --model p1812\n\
         khi mức thu dự báo đủ: khi đó levels.csv, levels.geojson, level_pairs.csv cho biết sóng từ đâu đến đâu.\n\
         marginal_villages và cumulative_villages tính theo thứ tự tham lam (greedy_order), không theo hạng.",
    ),
    (
        "plan",
        "Ví dụ:\n  phusong plan data/nghe-an --sites 50\n  \
         phusong plan data/nghe-an --budget 90000 --min-villages 3 --by population\n  \
         phusong plan --villages V.csv --candidates C.csv --radius-km 5 --sites 50 --gap 0.1% --time 60s -o out\n  \
         phusong plan data/nghe-an --target 95%\n  \
         phusong plan data/nghe-an --year 2026:sites=20 --year 2027:sites=30 --limit 'commune<=3' --hop-km 15\n  \
         phusong plan data/nghe-an --sites 40 --sharing none --limit 'carrier:VinaPhone<=20'\n  \
         phusong plan data/nghe-an --model p1812 --partial --sites 20\n  \
         phusong plan data/nghe-an --evaluate programme\n  \
         phusong plan data/nghe-an --evaluate programme --limit 'commune<=10' --min-distance-km 1\n\n\
         Cột như của rank. Ghi plan.json, plan.csv, plan.geojson, curve.csv, curve.svg; với --evaluate thì\n\
         evaluation.json, evaluation_gaps.csv, evaluation_stations.csv, evaluation_constraints.csv.\n\
         status: optimal (đã chứng minh không có phương án tốt hơn), gap_reached (đã đạt --gap), time_limit (hết\n\
         --time hoặc --iterations), search_ended (trên 20 triệu cặp: không còn tìm được gì thêm, chưa chứng minh).\n\
         upper_bound là cận trên đã chứng minh; gap = (upper_bound - value) / value. Dừng do --time thì kết quả tuỳ\n\
         máy; dừng do --gap, --iterations hay đã chứng minh thì cùng dữ liệu và --seed cho cùng phương án.",
    ),
    (
        "reconcile",
        "Ví dụ:\n  phusong reconcile data/nghe-an -o out\n\n\
         Ghi areas.csv (mỗi khu vực và thôn, bản một dòng), gaps.csv (mỗi thôn, bản và doanh nghiệp một dòng), findings.csv,\n\
         villages.csv (thôn, bản × doanh nghiệp), province.csv, communes.csv, districts.csv, hardship_power.csv, only_2g.csv và, khi study có\n\
         danh sách trạm đăng ký, programme.csv và programme_stations.csv. “Không được báo” không có nghĩa là “có sóng”.",
    ),
    (
        "compare",
        "Ví dụ:\n  phusong compare data/2024 data/2025 -o out\n  \
         phusong compare viettel-2024.xlsx viettel-2025.xlsx --province 40 --villages V.csv\n\n\
         Chỉ so sánh doanh nghiệp có danh sách ở cả hai thời điểm. “Thôi báo” chỉ nói về danh sách, chưa ai đo là đã có sóng.\n\
         Thôn, bản được nhận là một theo mã, nếu không thì theo tên, xã (qua các thời kỳ) và toạ độ.\n\
         Ghi compare.csv, compare.json, compare.geojson.",
    ),
    (
        "validate",
        "Ví dụ:\n  phusong validate data/nghe-an\n  phusong validate data/nghe-an -o out --format html,workbook,sarif\n  \
         phusong validate viettel.xlsx --carrier Viettel --province 40 --villages villages.csv\n  \
         phusong validate data/nghe-an --baseline old/findings.json --fail-on warning\n\n\
         Mức độ, ngưỡng và miễn trừ ghi trong study.toml, mục [validate]. Quy tắc thiếu dữ liệu đầu vào được liệt kê: báo \
         cáo như vậy là chưa đầy đủ, không phải là sạch.\n\
         Mã kết thúc: 0 không có mục nào từ mức --fail-on trở lên; 1 có; 2 không chạy được.",
    ),
    ("explain", "Ví dụ:\n  phusong explain\n  phusong explain coord_swapped"),
    (
        "template",
        "Ví dụ:\n  phusong template --carrier VinaPhone -o vinaphone.xlsx\n\n\
         Biểu có danh sách chọn, giới hạn giá trị và hướng dẫn bằng tiếng Việt và tiếng Anh. Không ghi đè tệp đã có.",
    ),
    (
        "path",
        "Ví dụ:\n  phusong path data/nghe-an S0001 V40-0153 --svg profile.svg\n  \
         phusong path data/nghe-an S0001 19.68,104.93 --json\n  \
         phusong path --profiles P.csv --cases C.csv -o OUT.csv\n  \
         phusong path --profiles P.csv --cases C.csv --model itm -o OUT.csv\n\n\
         STUDY A B: giải thích một tuyến: quỹ đường truyền từng mục cho tới mức thu, chỗ nào che chắn, và anten ở mỗi đầu phải\n\
         cao ít nhất bao nhiêu (có khi thấp hơn hiện nay) để nhìn thẳng, để trống 60 % đới Fresnel thứ nhất, và để được phục\n\
         vụ. Xét theo mô hình của study (theo P.1812 nếu study xét theo bán kính), P.1812 và ITM đặt bên cạnh. Trạm là đầu\n\
         phát; thôn, bản và toạ độ ở B là đầu thu, cao rx_height_m. Trung vị theo vị trí.\n\n\
         P.csv, mỗi điểm một dòng: profile,distance_m,height_m (m trên mực nước biển), nếu biết thì thêm clutter_m\n\
         (m trên mặt đất), zone (1 biển, 3 đất ven biển, 4 nội địa). Mỗi mặt cắt bắt đầu ở khoảng cách 0, nơi đặt máy phát.\n\
         C.csv, mỗi tuyến một dòng: profile,f_mhz,htg_m,hrg_m,polarization,p_pct,pl_pct,dn,n0. polarization là 1 hoặc h (ngang),\n\
         2 hoặc v (đứng); độ cao tính bằng m trên mặt đất; pl_pct để trống là 50. Có thể thêm tx_lat,rx_lat,tx_lon,rx_lon (độ),\n\
         dct_km,dcr_km (quãng đất đến bờ biển, 500), sigma_l_db (độ lệch theo vị trí, nếu không thì theo P.1812 mục 4.8);\n\
         với itm: climate (1-7, 5), epsilon (15), sigma (0.005 S/m), situation_pct (50), mdvar (12).\n\
         OUT.csv chép lại từng tuyến, thêm loss_db (p1812: suy hao truyền dẫn cơ bản Lb; itm: tổng A) và warnings.",
    ),
    (
        "predict",
        "Ví dụ:\n  phusong predict data/nghe-an S0001 -o out\n  \
         phusong predict data/nghe-an S0001 S0002 S0003 --radius-km 15 -o out\n  \
         phusong predict data/nghe-an 19.68,104.93 --height-m 45 -o out\n\n\
         Mỗi vị trí: level_SITE.tif (mức thu trung bình, dBm; GeoTIFF, EPSG:4326, NaN là không rõ), contours_SITE.geojson (vùng\n\
         đạt từng mức), level_SITE.png (trên nền địa hình). Nhiều vị trí: thêm best_level.tif, best_server.tif (số thứ tự vị trí,\n\
         từ 1, như trong predict.json), overlap.tif (số vị trí phục vụ), contours_best.geojson và hình ảnh. Các vị trí xa nhau\n\
         (vòng tròn không chạm nhau) có bản đồ riêng, tệp đánh số best_level_1... predict.json ghi\n\
         căn cứ của các số và số điểm ảnh không rõ. Không rõ địa hình không có nghĩa là có sóng hay không có sóng: để trống,\n\
         được đếm, và với --strict thì mã kết thúc là 1.",
    ),
    (
        "calibrate",
        "Ví dụ:\n  phusong calibrate data/nghe-an drive.csv --preset lte1800 -o out\n\n\
         Cột của LOGS.csv, thứ tự tuỳ ý, tiếng Việt hoặc tiếng Anh: lat, lon, carrier, technology, rsrp_dbm; nếu biết thì thêm\n\
         freq_mhz hoặc band (B3, n28), site_id, clutter. Mẫu thuộc về trạm ghi trong tệp, nếu không thì về trạm cùng doanh nghiệp\n\
         và công nghệ có mức dự báo cao nhất trong max_km. Sai số = đo - dự báo, ngoài trời (không tính suy hao xuyên tường).\n\
         Độ lệch chung và sigma là trung vị và 1.4826 MAD; bên cạnh là trung bình và độ lệch chuẩn sau khi bỏ mẫu bất thường.\n\
         Lớp phủ lấy từ [inputs] land_cover của study tại vị trí đo; không có thì lấy theo tệp đo. Hiệu chỉnh đang có trong\n\
         study.toml không được cộng vào dự báo, nên kết quả mới thay cho kết quả cũ.\n\
         Ghi residuals.csv, residuals_BAND.svg, residuals_BAND_CLASS.svg, calibration.json và khi đủ mẫu thì calibration.toml:\n\
         [[coverage.calibration]] theo băng tần và lớp phủ, để chép vào study.toml. Nhóm quá ít mẫu thì không có dòng nào;\n\
         không nhóm nào đủ mẫu thì không kết luận: mã kết thúc 2.",
    ),
    ("completions", "Ví dụ:\n  phusong completions bash > /etc/bash_completion.d/phusong"),
    ("man", "Ví dụ:\n  phusong man | man -l -\n  phusong man -o /usr/local/share/man/man1"),
];

/// The command with Vietnamese texts.
pub fn translate(command: Command) -> Command {
    let command = translate_one(command).help_template(TEMPLATE).subcommand_help_heading("Các lệnh");
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| translate_one(sub).help_template(TEMPLATE_SUB))
    })
}

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";
const TEMPLATE_SUB: &str = TEMPLATE;

fn translate_one(mut command: Command) -> Command {
    let name = command.get_name().to_owned();
    if let Some(text) = text(&name, "") {
        command = command.about(text);
    }
    if let Some((_, after)) = AFTER.iter().find(|(n, _)| *n == name) {
        command = command.after_help(*after);
    }
    if name != "help" {
        command = command
            .disable_help_flag(true)
            .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help));
    }
    if name == "phusong" {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version);
    }
    // Under a heading of their own clap sorts positionals by name: they are to stand in the order in which they are typed.
    let mut positionals = 0;
    command.mut_args(|arg| {
        let (heading, arg) = if arg.is_positional() {
            positionals += 1;
            ("Đối số", arg.display_order(positionals))
        } else {
            ("Tuỳ chọn", arg)
        };
        let translated =
            text(&name, arg.get_id().as_str()).or_else(|| text("phusong", arg.get_id().as_str()));
        let arg = arg.help_heading(heading);
        match translated {
            Some(text) => with_values(arg, text),
            None => arg,
        }
    })
}

/// The text of an argument with its default and the values that it takes, which clap would name in English.
fn with_values(arg: Arg, text: &'static str) -> Arg {
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    let values = arg.get_possible_values();
    let names: Vec<&str> = values.iter().filter(|v| !v.is_hide_set()).map(|v| v.get_name()).collect();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let mut short = text.to_owned();
    if !default.is_empty() {
        short.push_str(&format!(" [mặc định: {}]", default.join(",")));
    }
    let mut long = short.clone();
    let described = names.iter().any(|name| value_text(name).is_some());
    if !names.is_empty() {
        short.push_str(&format!(" [có thể ghi: {}]", names.join(", ")));
        if described {
            long.push_str("\n\nCó thể ghi:");
            for name in &names {
                let meaning = value_text(name).map(|text| format!(": {text}")).unwrap_or_default();
                long.push_str(&format!("\n- {name}{meaning}"));
            }
        } else {
            long.clone_from(&short);
        }
    }
    arg.help(short).long_help(long).hide_possible_values(true).hide_default_value(true)
}

fn value_text(name: &str) -> Option<&'static str> {
    VALUES.iter().find(|(value, _)| *value == name).map(|(_, text)| *text)
}

/// What a value means.
const VALUES: &[(&str, &str)] = &[
    ("villages", "thôn, bản chưa có sóng (theo trọng số, nếu tệp có cột weight)"),
    ("gaps", "cặp thôn, bản và doanh nghiệp"),
    ("households", "số hộ"),
    ("population", "số khẩu"),
    ("white", "trung tâm thôn, bản không có sóng (trắng sóng)"),
    ("weak", "một phần thôn, bản không có sóng (lõm sóng)"),
    ("geojson", "một FeatureCollection (RFC 7946)"),
    ("geojsonl", "mỗi dòng một đối tượng"),
    ("csv", "bảng"),
    ("json", "một tài liệu có tất cả"),
    ("jsonl", "mỗi dòng một mục"),
    ("sarif", "SARIF 2.1.0"),
    ("html", "một trang cho trình duyệt, hai ngôn ngữ"),
    ("workbook", "bảng tính của chính doanh nghiệp, ô lỗi được đánh dấu (TÊN.marked.xlsx)"),
    ("terminal", "trên màn hình"),
    ("radius", "trong bán kính"),
    ("p1812", "ITU-R P.1812-8"),
    ("itm", "NTIA ITM"),
    ("free_space", "không gian tự do: để so sánh, không xét địa hình"),
    ("hata", "Hata mở rộng: để so sánh, không xét địa hình"),
    ("rma", "3GPP RMa: để so sánh, không xét địa hình"),
    ("error", "khi có lỗi"),
    ("warning", "khi có lỗi hoặc cảnh báo"),
    ("never", "không bao giờ"),
];

/// What clap adds by itself when it builds the command: the command `help`.
pub fn translate_built(mut command: Command) -> Command {
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, usage);
    }
    command = usage(command);
    const ABOUT: &str = "In trợ giúp của phusong hoặc của một lệnh";
    command.mut_subcommand("help", |help| {
        help.about(ABOUT)
            .mut_args(|arg| arg.help("Lệnh cần xem trợ giúp"))
            .mut_subcommand("help", |help| help.about(ABOUT))
    })
}

/// The usage line without clap's English words.
fn usage(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    command.override_usage(usage.replace("[OPTIONS]", "[TUỲ CHỌN]").replace("<COMMAND>", "<LỆNH>"))
}

fn text(command: &str, argument: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(c, a, _)| *c == command && *a == argument).map(|(_, _, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    #[test]
    fn every_command_and_option_is_translated() {
        let root = Cli::command();
        let mut missing = Vec::new();
        for command in std::iter::once(&root).chain(root.get_subcommands()) {
            let name = command.get_name();
            if text(name, "").is_none() || !AFTER.iter().any(|(n, _)| *n == name) {
                missing.push(name.to_owned());
            }
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                if text(name, id).or_else(|| text("phusong", id)).is_none() {
                    missing.push(format!("{name} --{id}"));
                }
            }
        }
        assert!(missing.is_empty(), "no Vietnamese text for {missing:?}");
    }

    #[test]
    fn help_in_vietnamese_is_vietnamese() {
        let mut command = translate(Cli::command());
        command.build();
        let help = command.render_long_help().to_string();
        assert!(help.contains("Cách dùng") && help.contains("Xếp hạng vị trí"), "{help}");
        let rank = command.find_subcommand_mut("rank").unwrap().render_long_help().to_string();
        assert!(rank.contains("In trợ giúp") && !rank.contains("Print help"), "{rank}");
        assert!(rank.contains("- villages: thôn, bản chưa có sóng"), "{rank}");
        let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
        let command = translate_built(translate(Cli::command()));
        for name in names {
            let mut sub = command.find_subcommand(&name).unwrap().clone();
            for help in [sub.render_help().to_string(), sub.render_long_help().to_string()] {
                for english in ["ossible values", "[default:", "Print this message", "[OPTIONS]", "<COMMAND>"]
                {
                    assert!(!help.contains(english), "{name}: {english} in {help}");
                }
            }
        }
        let help = command.clone().render_help().to_string();
        assert!(!help.contains("Print this message") && help.contains("[TUỲ CHỌN] <LỆNH>"), "{help}");
    }
}
